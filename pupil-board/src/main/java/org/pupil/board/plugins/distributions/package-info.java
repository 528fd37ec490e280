/** The same data as the histograms, as percentiles: TensorBoard's {@code distributions}. */
@NullMarked
package org.pupil.board.plugins.distributions;

import org.jspecify.annotations.NullMarked;
