/** Precision over recall: TensorBoard's {@code pr_curves}. */
@NullMarked
package org.pupil.board.plugins.prcurves;

import org.jspecify.annotations.NullMarked;
