/**
 * Reports: results as one HTML file each, for people. The pages are templates in {@code
 * src/main/jte}; what they show comes from {@code pupil-core}.
 */
@NullMarked
package org.pupil.report;

import org.jspecify.annotations.NullMarked;
