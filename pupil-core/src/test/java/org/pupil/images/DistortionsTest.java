package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.chance.Chance;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.errors.PupilException;

class DistortionsTest {
  private static final InputSpec SPEC = new InputSpec(100, 60, 127.5f, 127.5f);

  private static Chance chance(long seed) {
    return new Chance(seed, Chance.Purpose.DISTORTIONS);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, 'randomCrop must be a percentage of 0 to 300, was -1'",
    "301, 0, 0, 'randomCrop must be a percentage of 0 to 300, was 301'",
    "0, -5, 0, 'randomScale must be a percentage of 0 to 300, was -5'",
    "0, 2000, 0, 'randomScale must be a percentage of 0 to 300, was 2000'",
    "0, 0, -1, 'randomBrightness must be a percentage of 0 to 100, was -1'",
    "0, 0, 101, 'randomBrightness must be a percentage of 0 to 100, was 101'",
  })
  void aPercentageOutOfRangeNamesItsFlag(int crop, int scale, int brightness, String message) {
    assertThatThrownBy(() -> new Distortions(false, crop, scale, brightness))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.USAGE))
        .hasMessage(message);
  }

  @Test
  void noneIsNone() {
    assertThat(new Distortions(false, 0, 0, 0).isNone()).isTrue();
    assertThat(new Distortions(true, 0, 0, 0).isNone()).isFalse();
    assertThat(new Distortions(false, 1, 0, 0).isNone()).isFalse();
    assertThat(new Distortions(false, 0, 1, 0).isNone()).isFalse();
    assertThat(new Distortions(false, 0, 0, 1).isNone()).isFalse();
  }

  @Test
  void withoutAnyADrawChangesNothing() {
    Chance random = chance(1);
    for (int i = 0; i < 100; i++) {
      assertThat(Distortions.NONE.draw(SPEC, random))
          .isEqualTo(new Distortion(100, 60, 0, 0, false, 1));
    }
  }

  @Test
  void aCropStretchesByItsPercentage() {
    Chance random = chance(2);
    var tops = new HashSet<Integer>();
    var lefts = new HashSet<Integer>();
    for (int i = 0; i < 2000; i++) {
      Distortion drawn = new Distortions(false, 17, 0, 0).draw(SPEC, random);
      // In float32, as in the originals: NumPy says 116.99999 and 70.2.
      assertThat(drawn.height()).isEqualTo(116);
      assertThat(drawn.width()).isEqualTo(70);
      tops.add(drawn.top());
      lefts.add(drawn.left());
    }
    assertThat(tops).hasSize(17).contains(0, 16);
    assertThat(lefts).hasSize(11).contains(0, 10);
  }

  @Test
  void theScaleIsUniformFromOneUp() {
    Chance random = chance(3);
    int draws = 20_000;
    double sum = 0;
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int i = 0; i < draws; i++) {
      Distortion drawn = new Distortions(false, 50, 40, 0).draw(SPEC, random);
      sum += drawn.height();
      least = Math.min(least, drawn.height());
      most = Math.max(most, drawn.height());
      assertThat(drawn.fits(SPEC)).isTrue();
    }
    assertThat(least).isEqualTo(150);
    assertThat(most).isEqualTo(209);
    assertThat(sum / draws).isCloseTo(179.5, within(0.5)); // sd of the mean: 17.3 / sqrt(20000)
  }

  @Test
  void halfOfThePhotosAreMirrored() {
    Chance random = chance(4);
    int mirrored = 0;
    for (int i = 0; i < 10_000; i++) {
      mirrored += new Distortions(true, 0, 0, 0).draw(SPEC, random).mirrored() ? 1 : 0;
    }
    assertThat(mirrored).isBetween(4800, 5200);
  }

  @Test
  void brightnessIsUniformAroundOne() {
    Chance random = chance(5);
    double sum = 0;
    float least = 2;
    float most = 0;
    for (int i = 0; i < 10_000; i++) {
      float brightness = new Distortions(false, 0, 0, 30).draw(SPEC, random).brightness();
      sum += brightness;
      least = Math.min(least, brightness);
      most = Math.max(most, brightness);
    }
    assertThat(least).isBetween(0.7f, 0.701f);
    assertThat(most).isBetween(1.299f, 1.3f);
    assertThat(sum / 10_000).isCloseTo(1, within(0.006));
  }

  @Test
  void theSameSeedDrawsTheSame() {
    Distortions distortions = new Distortions(true, 20, 30, 40);
    assertThat(distortions.draw(SPEC, chance(6)))
        .isEqualTo(distortions.draw(SPEC, chance(6)))
        .isNotEqualTo(distortions.draw(SPEC, chance(7)));
  }

  @Test
  void turningOneDistortionOffLeavesTheOthersAsTheyWere() {
    Distortion all = new Distortions(true, 20, 30, 40).draw(SPEC, chance(8));
    Distortion some = new Distortions(false, 20, 30, 0).draw(SPEC, chance(8));
    assertThat(some)
        .isEqualTo(new Distortion(all.height(), all.width(), all.top(), all.left(), false, 1));
  }

  @Test
  void aDistortionForAnotherSizeIsAProgrammingError() {
    ImageDecoder decoder = new ImageDecoder(new InputSpec(8, 8, 0, 1));

    float[] target = new float[8 * 8 * 3];
    for (Distortion wrong :
        new Distortion[] {
          new Distortion(7, 8, 0, 0, false, 1),
          new Distortion(8, 9, 0, 2, false, 1),
          new Distortion(9, 8, Integer.MAX_VALUE, 0, false, 1)
        }) {
      assertThatThrownBy(() -> decoder.decode(Pictures.read("rgb8.png"), wrong, target, 0))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no window");
    }
  }

  @Test
  void aDistortionThatChangesNothingGivesTheVeryPixelsOfThePlainWay()
      throws UndecodableImageException {
    InputSpec spec = new InputSpec(9, 13, 127, 128);
    ImageDecoder decoder = new ImageDecoder(spec);

    float[] pixels = new float[spec.floats()];
    for (String name : Pictures.OF_EACH_KIND) {
      byte[] picture = Pictures.read(name);
      decoder.decode(picture, Distortions.NONE.draw(spec, chance(9)), pixels, 0);
      assertThat(pixels).as(name).containsExactly(decoder.decode(picture));
    }
  }
}
