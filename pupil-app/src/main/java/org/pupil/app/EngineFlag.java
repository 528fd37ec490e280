package org.pupil.app;

import org.pupil.engine.EngineName;

/** The flag that every command has which runs a network; each declares it among its own. */
final class EngineFlag {
  static final String NAME = "--engine";

  static final String VALUES = "onnx|tensorflow|auto";

  static final String DESCRIPTION =
      "What runs the network. onnx: ONNX Runtime, which comes with Pupil; tensorflow: TensorFlow, which is slower but runs more graphs, and is downloaded the first time (about 160 MB; 650 MB unpacked); auto: onnx, and tensorflow for a graph that onnx cannot run, if it was downloaded. Default: ${DEFAULT-VALUE}";

  private EngineFlag() {}

  /**
   * The engine of that name.
   *
   * @throws org.pupil.errors.PupilException (usage) if there is none
   */
  static EngineName of(String typed) {
    return Choice.of(NAME, EngineName.class, typed);
  }
}
