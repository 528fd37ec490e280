/**
 * The door to TensorFlow's native library. Start at {@link org.pupil.tensorflow.GraphSession}.
 *
 * <p>The native memory of this package lives inside its final classes and is freed by their {@code
 * close()}; callers see Java arrays and buffers. Three classes of {@code org.pupil.backbone}, which
 * read networks that others made, use native memory of their own and free it before they return:
 * {@code Checkpoint}, {@code GraphProbe} and {@code FunctionInliner}.
 */
@NullMarked
package org.pupil.tensorflow;

import org.jspecify.annotations.NullMarked;
