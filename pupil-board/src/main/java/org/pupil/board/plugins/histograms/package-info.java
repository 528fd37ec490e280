/** How values are spread at each step: TensorBoard's {@code histograms}. */
@NullMarked
package org.pupil.board.plugins.histograms;

import org.jspecify.annotations.NullMarked;
