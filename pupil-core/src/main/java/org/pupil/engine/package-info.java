/**
 * The engines that run networks. Start at {@link org.pupil.engine.Engines}.
 *
 * <p>ONNX Runtime is here. TensorFlow is a module of its own, {@code pupil-tensorflow}, which need
 * not be there and is found as a service; no class of this library names one of TensorFlow's.
 *
 * <p>The rest of the program sees {@link org.pupil.network.Network} and no type of an engine.
 */
@NullMarked
package org.pupil.engine;

import org.jspecify.annotations.NullMarked;
