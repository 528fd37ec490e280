/** Where the lines and bars of a report's plots lie. The templates draw them as SVG. */
@NullMarked
package org.pupil.report.plot;

import org.jspecify.annotations.NullMarked;
