/**
 * TensorFlow, the engine: it runs graphs and tells what only it knows of them. Start at {@link
 * org.pupil.tensorflow.GraphSession}.
 *
 * <p>All native memory of TensorFlow lives inside the final classes of this package and is freed by
 * their {@code close()}, or before their methods return; callers see Java arrays and buffers. What
 * can be known of a graph without running it is in {@link org.pupil.graph}.
 */
@NullMarked
package org.pupil.tensorflow;

import org.jspecify.annotations.NullMarked;
