package org.pupil.engine;

import java.util.Locale;

/** Which engine runs networks, as a person chooses it. */
public enum EngineName {
  /** ONNX Runtime, and TensorFlow for what cannot be converted, if TensorFlow is there. */
  AUTO,
  /** ONNX Runtime, which comes with Pupil. */
  ONNX,
  /** TensorFlow, which the module {@code pupil-tensorflow} brings. */
  TENSORFLOW;

  /** As it is typed: {@code onnx}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
