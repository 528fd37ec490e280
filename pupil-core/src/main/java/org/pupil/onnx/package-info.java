/**
 * Networks as ONNX: a TensorFlow graph is converted by {@link org.pupil.onnx.GraphConverter}, an
 * {@code .onnx} file is read and checked, and ONNX Runtime computes what comes out.
 *
 * <p>What is converted has operator set 17; a file may have another. See <a
 * href="https://onnx.ai/onnx/operators/">ONNX operators</a>.
 */
@NullMarked
package org.pupil.onnx;

import org.jspecify.annotations.NullMarked;
