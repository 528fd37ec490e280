package org.pupil.onnx;

/** Which weights of a model are kept outside of Java's heap, where ONNX Runtime reads them. */
public final class LargeWeights {
  /** Smaller ones are not worth memory of their own. */
  private static final int LEAST_BYTES = 1 << 12;

  private LargeWeights() {}

  /** Whether weights of a size are large. */
  public static boolean areLarge(int bytes) {
    return bytes >= LEAST_BYTES;
  }
}
