package org.pupil.chance;

/**
 * A stream of chance, drawn from a seed for one purpose. Two purposes never share numbers, so that
 * one more validation batch does not change the training batches after it.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", 2014), written out here because the sequences of {@code java.util} may change with
 * the JDK and a trained model must not.
 */
public final class Chance {
  /** What the numbers are for. The salts are part of what a seed means: never change them. */
  public enum Purpose {
    WEIGHTS(0x57656967687473L),
    TRAINING_BATCHES(0x547261696eL),
    VALIDATION_BATCHES(0x56616c6964L),
    TEST_BATCH(0x54657374L),
    FOLDS(0x466f6c6473L),
    REPEATED_FOLDS(0x526570466f6c6473L),
    LEARNING_CURVE(0x4375727665L),
    BOOTSTRAP(0x426f6f74L),
    DISTORTIONS(0x446973746f7274L),
    DISTORTION_VARIANTS(0x56617269616e7473L),
    CORE_SET(0x436f7265536574L),
    PLANES(0x506c616e6573L),
    PHOTO_ORDER(0x4f72646572L),
    VIEWS(0x5669657773L),
    DROPOUT(0x44726f706f7574L),
    TRIALS(0x547269616c73L);

    private final long salt;

    Purpose(long salt) {
      this.salt = salt;
    }
  }

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /** The stream of a seed for a purpose. */
  public Chance(long seed, Purpose purpose) {
    state = mix(mix(seed) ^ purpose.salt);
  }

  /**
   * One of many streams of a seed for a purpose, so that they can be drawn from in any order.
   *
   * @param index the stream's number, such as a step
   */
  public Chance(long seed, Purpose purpose, long index) {
    state = mix(mix(mix(seed) ^ purpose.salt) + index);
  }

  /** 64 random bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** A uniform whole number of 0 to 2^bits - 1. Bits are 1 to 31. */
  public int bits(int bits) {
    return (int) (nextLong() >>> (Long.SIZE - bits));
  }

  /** A uniform whole number of 0 to bound - 1, without the bias of a plain remainder. */
  public int below(int bound) {
    int drawn = bits(31);
    int remainder = drawn % bound;
    // The last, incomplete run of remainders is drawn again.
    while (drawn - remainder > Integer.MAX_VALUE - bound + 1) {
      drawn = bits(31);
      remainder = drawn % bound;
    }
    return remainder;
  }

  /** True or false, each with probability 1/2. */
  public boolean coin() {
    return bits(1) == 1;
  }

  /** A uniform number in [0, 1), one of 2^24. */
  public float unitFloat() {
    return bits(24) * 0x1p-24f;
  }

  /** A normal deviate that is drawn again until it lies within two standard deviations. */
  public double truncatedNormal() {
    double deviate = normal();
    while (Math.abs(deviate) > 2) {
      deviate = normal();
    }
    return deviate;
  }

  /** The polar method (Marsaglia and Bray, 1964); its second deviate is thrown away. */
  private double normal() {
    while (true) {
      double x = 2 * unit() - 1;
      double y = 2 * unit() - 1;
      double square = x * x + y * y;
      if (square < 1 && square > 0) {
        return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
      }
    }
  }

  /** A uniform number in [0, 1), one of 2^53. */
  public double unit() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
