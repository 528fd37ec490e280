/** Reports that stand among the event files, which TensorBoard does not have. */
@NullMarked
package org.pupil.board.plugins.reports;

import org.jspecify.annotations.NullMarked;
