/**
 * Stop 6 of the data's way: from bottlenecks with labels to a final layer. Start at {@link
 * org.pupil.training.Trainer}.
 *
 * <p>A {@link org.pupil.training.TrainingData} goes in, a {@link org.pupil.training.FinalLayer}
 * comes out, and a {@link org.pupil.training.TrainingListener} may watch. All of it is plain Java:
 * nothing here loads a native library, so that training on cached bottlenecks starts at once.
 *
 * <p>The same data, settings and seed give bit for bit the same final layer on one machine,
 * whatever the number of threads: every sum is taken in an order that depends on the data alone.
 */
@NullMarked
package org.pupil.training;

import org.jspecify.annotations.NullMarked;
