/**
 * TensorFlow, the second engine: it runs graphs that cannot be converted to ONNX, and computes in
 * bfloat16. Start at {@link org.pupil.tensorflow.TensorFlowEngine}, which the library finds as a
 * service, and below it at {@link org.pupil.tensorflow.GraphSession}.
 *
 * <p>All native memory of TensorFlow lives inside the final classes of this package and is freed by
 * their {@code close()}, or before their methods return; callers see Java arrays and buffers. What
 * can be known of a graph without running it is in {@link org.pupil.graph}.
 */
@NullMarked
package org.pupil.tensorflow;

import org.jspecify.annotations.NullMarked;
