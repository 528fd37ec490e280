package org.pupil.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChangeTest {
  private static final int SIDE = 60;

  /** Black with a white dot of 3 x 3 pixels. */
  private static float[] dot(int row, int column) {
    float[] values = new float[SIDE * SIDE * 3];
    for (int y = row - 1; y <= row + 1; y++) {
      Arrays.fill(values, 3 * (y * SIDE + column - 1), 3 * (y * SIDE + column + 2), 255);
    }
    return values;
  }

  private static float[] changed(Change change, float[] values, double aspect) {
    float[] to = new float[values.length + 5];
    change.apply(new Change.Levels(values, SIDE, SIDE, aspect), to, 5);
    return Arrays.copyOfRange(to, 5, to.length);
  }

  /** Where the light is, as row and column. */
  private static double[] centre(float[] values) {
    double sum = 0;
    double row = 0;
    double column = 0;
    for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
      sum += values[3 * pixel];
      row += values[3 * pixel] * Math.floorDiv(pixel, SIDE);
      column += values[3 * pixel] * Math.floorMod(pixel, SIDE);
    }
    return new double[] {row / sum, column / sum};
  }

  @Test
  void aMirroredDotIsOnTheOtherSide() {
    assertThat(centre(changed(Change.MIRRORED, dot(10, 20), 1)))
        .containsExactly(new double[] {10, 39}, within(1e-9));
  }

  /** What is a distance from the middle is 1 / 0.8 of it when the middle fills the image. */
  @Test
  void croppingMovesThingsAwayFromTheMiddle() {
    assertThat(centre(changed(Change.CROPPED, dot(20, 42), 1)))
        .containsExactly(
            new double[] {29.5 + (20 - 29.5) / 0.8, 29.5 + (42 - 29.5) / 0.8}, within(0.1));
  }

  @Test
  void aPhotoIsTurnedClockwise() {
    double angle = Math.toRadians(10);
    // From the middle of the right half, down and a little to the left.
    assertThat(centre(changed(Change.TURNED, dot(29, 49), 1)))
        .containsExactly(
            new double[] {
              29.5 + 19.5 * Math.sin(angle) - 0.5 * Math.cos(angle),
              29.5 + 19.5 * Math.cos(angle) + 0.5 * Math.sin(angle)
            },
            within(0.2));
  }

  /** On a photo twice as wide as high, a step to the right is twice as long as one down. */
  @Test
  void aWidePhotoIsTurnedWithoutBeingSheared() {
    double angle = Math.toRadians(10);
    assertThat(centre(changed(Change.TURNED, dot(30, 49), 2))[0])
        .isCloseTo(29.5 + 2 * 19.5 * Math.sin(angle) + 0.5 * Math.cos(angle), within(0.2));
  }

  @Test
  void lightAndColourGo() {
    float[] values = new float[SIDE * SIDE * 3];
    values[3] = 200;
    values[4] = 100;
    values[5] = 50;
    assertThat(Arrays.copyOfRange(changed(Change.DARKENED, values, 1), 3, 6))
        .containsExactly(100, 50, 25);
    float luma = 0.299f * 200 + 0.587f * 100 + 0.114f * 50;
    assertThat(Arrays.copyOfRange(changed(Change.GREY, values, 1), 3, 6))
        .containsExactly(new float[] {luma, luma, luma}, within(1e-4f));
  }
}
