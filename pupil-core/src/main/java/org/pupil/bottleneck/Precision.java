package org.pupil.bottleneck;

import java.util.Locale;
import org.pupil.engine.EngineName;
import org.pupil.engine.Engines;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkFormat;

/** The type of number in which the backbone's convolutions are computed. */
public enum Precision {
  /** 32 bits, as the originals. */
  FLOAT32(NetworkEngine.Purpose.MANY_PHOTOS),
  /**
   * 16 bits with the exponent of float32 and 8 bits of precision: about twice as fast on processors
   * that have it in hardware, slower on others.
   */
  BFLOAT16(NetworkEngine.Purpose.MANY_PHOTOS_IN_BFLOAT16);

  private final NetworkEngine.Purpose purpose;

  Precision(NetworkEngine.Purpose purpose) {
    this.purpose = purpose;
  }

  /**
   * The faster one of those that can be had: bfloat16 where the processor multiplies such numbers
   * and TensorFlow is there and may run the network.
   */
  public static Precision fastest(EngineName engine, NetworkFormat format) {
    return Engines.isFasterInBfloat16(engine, format) ? BFLOAT16 : FLOAT32;
  }

  /** What a network is opened for. */
  public NetworkEngine.Purpose purpose() {
    return purpose;
  }

  /** As the flag is typed: {@code float32}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
