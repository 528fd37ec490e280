/**
 * The door to TensorFlow's native library. Enter at {@link org.pupil.tensorflow.GraphSession}.
 *
 * <p>Native memory lives only inside the final classes of this package and is freed by their {@code
 * close()}; everybody else sees Java arrays and buffers.
 */
@NullMarked
package org.pupil.tensorflow;

import org.jspecify.annotations.NullMarked;
