/** Scalars, histograms and images together: TensorBoard's {@code timeseries}. */
@NullMarked
package org.pupil.board.plugins.timeseries;

import org.jspecify.annotations.NullMarked;
