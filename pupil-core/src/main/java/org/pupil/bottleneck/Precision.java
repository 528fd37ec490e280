package org.pupil.bottleneck;

import java.util.Locale;
import org.pupil.tensorflow.GraphSession;

/** The type of number in which the backbone's convolutions are computed. */
public enum Precision {
  /** 32 bits, as the originals. */
  FLOAT32(GraphSession.Preparation.FOR_SPEED),
  /**
   * 16 bits with the exponent of float32 and 8 bits of precision: about twice as fast on processors
   * that have it in hardware, slower on others.
   */
  BFLOAT16(GraphSession.Preparation.FOR_SPEED_IN_BFLOAT16);

  private final GraphSession.Preparation preparation;

  Precision(GraphSession.Preparation preparation) {
    this.preparation = preparation;
  }

  GraphSession.Preparation preparation() {
    return preparation;
  }

  /** As the flag is typed: {@code float32}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
