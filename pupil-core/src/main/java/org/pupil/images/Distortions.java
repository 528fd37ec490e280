package org.pupil.images;

import org.pupil.chance.Chance;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * How much the photos of the training set are changed at random each time they are used, so that
 * the final layer learns what does not depend on it. The rules are those of the original scripts.
 *
 * @param flipLeftRight whether every second photo is mirrored
 * @param randomCrop percentage by which a photo is stretched beyond the input size, 0 to {@value
 *     #MAX_STRETCH}; what is over the size is cut off at random places. (So 50 keeps two thirds of
 *     each side.)
 * @param randomScale percentage up to which it is stretched further, 0 to {@value #MAX_STRETCH}
 * @param randomBrightness percentage up to which values are made larger or smaller, 0 to 100
 */
public record Distortions(
    boolean flipLeftRight, int randomCrop, int randomScale, int randomBrightness) {
  /** Nothing is changed. */
  public static final Distortions NONE = new Distortions(false, 0, 0, 0);

  private static final int MAX_STRETCH = 300;
  private static final int MAX_BRIGHTNESS = 100;

  /**
   * Checks the percentages.
   *
   * @throws PupilException (usage) if one is out of its range
   */
  public Distortions {
    check(Setting.RANDOM_CROP, randomCrop, MAX_STRETCH);
    check(Setting.RANDOM_SCALE, randomScale, MAX_STRETCH);
    check(Setting.RANDOM_BRIGHTNESS, randomBrightness, MAX_BRIGHTNESS);
  }

  private static void check(Setting setting, int percentage, int most) {
    if (percentage < 0 || percentage > most) {
      throw PupilException.usage(
          Message.of(setting, " must be a percentage of 0 to " + most + ", was " + percentage));
    }
  }

  /** True if every photo stays as it is. */
  public boolean isNone() {
    return !flipLeftRight && randomCrop == 0 && randomScale == 0 && randomBrightness == 0;
  }

  /**
   * Draws what happens to one photo. Always takes the same number of numbers from the stream.
   *
   * <pre>
   * factor     = (1 + crop / 100) * U[1, 1 + scale / 100)     in float32
   * size       = factor * input size, truncated
   * place      = uniform, so that a window of the input size lies inside
   * mirrored   = with probability 1/2, if flipping is on
   * brightness = U[1 - b, 1 + b) with b = brightness / 100
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
    float brightness =
        uniform(
            (float) (1 - randomBrightness / 100.0), (float) (1 + randomBrightness / 100.0), chance);
    return new Distortion(height, width, top, left, flipLeftRight && heads, brightness);
  }

  private static float uniform(float from, float to, Chance chance) {
    return from + (to - from) * chance.unitFloat();
  }
}
