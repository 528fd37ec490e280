package org.pupil.images;

import org.pupil.chance.Chance;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * How the photos of the training set are changed at random, so that the final layer learns what
 * does not depend on it. The first four rules are those of the original scripts.
 *
 * @param flipLeftRight whether every second photo is mirrored
 * @param randomCrop percentage by which a photo is stretched beyond the input size, 0 to {@value
 *     #MAX_STRETCH}; what is over the size is cut off at random places. (So 50 keeps two thirds of
 *     each side.)
 * @param randomScale percentage up to which it is stretched further, 0 to {@value #MAX_STRETCH}
 * @param randomBrightness percentage up to which values are made larger or smaller, 0 to 100
 * @param randomRotation degrees up to which a photo is turned to either side, 0 to 180
 * @param randomColour percentage up to which saturation and contrast are made larger or smaller, 0
 *     to 100; the hues turn by up to as much of a quarter turn
 * @param randomErase percentage of the area up to which a rectangle is erased, 0 to {@value
 *     #MAX_ERASE}
 * @param variants how many distorted copies are made of each photo, once, 0 to {@value
 *     #MAX_VARIANTS}; with 0 it is distorted afresh each time it is used, as by the original
 *     scripts
 */
public record Distortions(
    boolean flipLeftRight,
    int randomCrop,
    int randomScale,
    int randomBrightness,
    int randomRotation,
    int randomColour,
    int randomErase,
    int variants) {
  /** Nothing is changed. */
  public static final Distortions NONE = new Distortions(false, 0, 0, 0);

  /** Copies of each photo unless a person says otherwise. */
  public static final int DEFAULT_VARIANTS = 8;

  private static final int MAX_STRETCH = 300;
  private static final int MAX_PERCENTAGE = 100;
  private static final int MAX_ROTATION = 180;
  private static final int MAX_ERASE = 50;
  private static final int MAX_VARIANTS = 1000;
  private static final float QUARTER_TURN = 90;

  /** An erased rectangle is at most so many times as high as wide, or as wide as high. */
  private static final double LONGEST_ERASED = 3;

  /** The distortions of the original scripts, drawn afresh each time a photo is used. */
  public Distortions(boolean flipLeftRight, int randomCrop, int randomScale, int randomBrightness) {
    this(flipLeftRight, randomCrop, randomScale, randomBrightness, 0, 0, 0, 0);
  }

  /**
   * Checks the numbers.
   *
   * @throws PupilException (usage) if one is out of its range
   */
  public Distortions {
    check(Setting.RANDOM_CROP, "a percentage", randomCrop, MAX_STRETCH);
    check(Setting.RANDOM_SCALE, "a percentage", randomScale, MAX_STRETCH);
    check(Setting.RANDOM_BRIGHTNESS, "a percentage", randomBrightness, MAX_PERCENTAGE);
    check(Setting.RANDOM_ROTATION, "a number of degrees", randomRotation, MAX_ROTATION);
    check(Setting.RANDOM_COLOUR, "a percentage", randomColour, MAX_PERCENTAGE);
    check(Setting.RANDOM_ERASE, "a percentage", randomErase, MAX_ERASE);
    check(Setting.DISTORTION_VARIANTS, "a number", variants, MAX_VARIANTS);
  }

  private static void check(Setting setting, String what, int value, int most) {
    if (value < 0 || value > most) {
      throw PupilException.usage(
          Message.of(setting, " must be " + what + " of 0 to " + most + ", was " + value));
    }
  }

  /** True if every photo stays as it is. */
  public boolean isNone() {
    return !flipLeftRight
        && randomCrop == 0
        && randomScale == 0
        && randomBrightness == 0
        && randomRotation == 0
        && randomColour == 0
        && randomErase == 0;
  }

  /** Whether photos are distorted, and afresh each time they are used. */
  public boolean isAfresh() {
    return !isNone() && variants == 0;
  }

  /** Whether photos are distorted, once, in a number of variants. */
  public boolean hasVariants() {
    return !isNone() && variants > 0;
  }

  /**
   * Draws what happens to one photo. For the kinds that the original scripts know it always takes
   * the same number of numbers from the stream; for each other kind some more, if it is on.
   *
   * <pre>
   * factor     = (1 + crop / 100) * U[1, 1 + scale / 100)     in float32
   * size       = factor * input size, truncated
   * place      = uniform, so that a window of the input size lies inside
   * mirrored   = with probability 1/2, if flipping is on
   * brightness = U[1 - b, 1 + b) with b = brightness / 100
   * rotation   = U[-r, r) degrees
   * hue        = 90 degrees * U[-c, c) with c = colour / 100
   * saturation = U[1 - c, 1 + c)
   * contrast   = U[1 - c, 1 + c)
   * area       = input area * U[0, e) with e = erase / 100
   * aspect     = 3 ^ U[-1, 1): the rectangle is sqrt(area * aspect) high and sqrt(area / aspect)
   *              wide, each rounded, at most that of the input; its place is uniform
   * </pre>
   */
  public Distortion draw(InputSpec spec, Chance chance) {
    float crop = (float) (1 + randomCrop / 100.0);
    float factor = crop * uniform(1, (float) (1 + randomScale / 100.0), chance);
    int height = (int) (factor * spec.height());
    int width = (int) (factor * spec.width());
    int top = chance.below(height - spec.height() + 1);
    int left = chance.below(width - spec.width() + 1);
    boolean heads = chance.coin();
    float brightness = aroundOne(randomBrightness, chance);
    float rotation =
        randomRotation == 0 ? 0 : uniform(-randomRotation, (float) randomRotation, chance);
    return new Distortion(
        height,
        width,
        top,
        left,
        flipLeftRight && heads,
        brightness,
        rotation,
        drawColour(chance),
        drawErasure(spec, chance));
  }

  private ColourChange drawColour(Chance chance) {
    if (randomColour == 0) {
      return ColourChange.NONE;
    }
    float most = (float) (randomColour / 100.0);
    float hue = QUARTER_TURN * uniform(-most, most, chance);
    float saturation = aroundOne(randomColour, chance);
    return new ColourChange(hue, saturation, aroundOne(randomColour, chance));
  }

  private Erasure drawErasure(InputSpec spec, Chance chance) {
    if (randomErase == 0) {
      return Erasure.NONE;
    }
    double share = randomErase / 100.0 * chance.unitFloat();
    double area = share * spec.height() * spec.width();
    double aspect = StrictMath.pow(LONGEST_ERASED, uniform(-1, 1, chance));
    int height = (int) Math.min(spec.height(), Math.round(Math.sqrt(area * aspect)));
    int width = (int) Math.min(spec.width(), Math.round(Math.sqrt(area / aspect)));
    int top = chance.below(spec.height() - height + 1);
    return new Erasure(top, chance.below(spec.width() - width + 1), height, width);
  }

  private static float aroundOne(int percentage, Chance chance) {
    return uniform((float) (1 - percentage / 100.0), (float) (1 + percentage / 100.0), chance);
  }

  private static float uniform(float from, float to, Chance chance) {
    return from + (to - from) * chance.unitFloat();
  }

  /**
   * Draws one of a photo's variants: always the same for the same photo, number and seed, whatever
   * other photos there are.
   *
   * @param photo 64 bits of the photo's content
   * @param variant number of the variant, at least 0
   */
  public Distortion variant(InputSpec spec, long seed, long photo, int variant) {
    return draw(spec, new Chance(seed, Chance.Purpose.DISTORTION_VARIANTS, photo + variant));
  }

  /**
   * What a variant depends on besides the photo and the backbone, in one canonical spelling: {@code
   * distorted flip true crop 10 scale 0 brightness 20 rotation 0 colour 0 erase 0 seed 0 variant
   * 3}.
   */
  public String describe(long seed, int variant) {
    return "distorted flip %s crop %d scale %d brightness %d rotation %d colour %d erase %d seed %d variant %d"
        .formatted(
            flipLeftRight,
            randomCrop,
            randomScale,
            randomBrightness,
            randomRotation,
            randomColour,
            randomErase,
            seed,
            variant);
  }

  /** The most rows or columns to which a side of the input is stretched. */
  int mostStretched(int side) {
    return (int) ((1 + randomCrop / 100.0) * (1 + randomScale / 100.0) * side);
  }
}
