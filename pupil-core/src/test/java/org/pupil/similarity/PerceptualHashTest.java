package org.pupil.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pupil.images.InputSpec;
import org.pupil.images.ThumbnailMaker;

class PerceptualHashTest {
  private static final int SIDE = ThumbnailMaker.SIDE;

  /** Brightness of a few soft spots. */
  private static float[] picture(long seed) {
    Random random = new Random(seed);
    float[] picture = new float[SIDE * SIDE];
    for (int spot = 0; spot < 12; spot++) {
      double centreX = SIDE * random.nextDouble();
      double centreY = SIDE * random.nextDouble();
      double width = 3 + 9 * random.nextDouble();
      double height = 160 * random.nextDouble() - 80;
      for (int i = 0; i < picture.length; i++) {
        int row = i / SIDE;
        int column = i % SIDE;
        double x = (column - centreX) / width;
        double y = (row - centreY) / width;
        picture[i] += (float) (height * Math.exp(-(x * x + y * y)));
      }
    }
    return picture;
  }

  /** Of a picture without colours. */
  private static PerceptualHash hash(float[] picture) {
    float[] grey = new float[SIDE * SIDE];
    Arrays.fill(grey, 128);
    return PerceptualHash.of(new float[][] {picture, grey, grey});
  }

  private static float[] mirrored(float[] picture) {
    float[] mirrored = new float[picture.length];
    for (int i = 0; i < picture.length; i++) {
      mirrored[i] = picture[i / SIDE * SIDE + SIDE - 1 - i % SIDE];
    }
    return mirrored;
  }

  @Test
  void brightnessContrastAndNoiseHardlyChangeAHash() {
    Random random = new Random(1);
    for (int seed = 0; seed < 50; seed++) {
      float[] picture = picture(seed);
      float[] other = picture.clone();
      for (int i = 0; i < other.length; i++) {
        other[i] = 30 + 0.6f * other[i] + (float) random.nextGaussian();
      }
      assertThat(hash(picture).distance(hash(other))).isLessThanOrEqualTo(6);
    }
  }

  @Test
  void aMirroredPictureIsKnown() {
    for (int seed = 0; seed < 50; seed++) {
      float[] picture = picture(seed);
      PerceptualHash hash = hash(picture);
      PerceptualHash turned = hash(mirrored(picture));

      assertThat(Long.bitCount(hash.bits() ^ turned.bits())).isGreaterThan(10);
      assertThat(hash.distance(turned)).isLessThanOrEqualTo(2);
      assertThat(turned.distance(hash)).isEqualTo(hash.distance(turned));
    }
  }

  @Test
  void strangersDifferInManyBits() {
    List<PerceptualHash> hashes =
        IntStream.range(0, 60).mapToObj(seed -> hash(picture(seed))).toList();
    for (int i = 0; i < hashes.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(hashes.get(i).distance(hashes.get(j))).isGreaterThan(NearDuplicates.FEW_BITS);
      }
    }
  }

  @Test
  void aBitStandsForAFrequencyAboveTheMedian() {
    float[] wave = new float[SIDE * SIDE];
    for (int i = 0; i < wave.length; i++) {
      int row = i / SIDE;
      int column = i % SIDE;
      double across = Math.cos(Math.PI * 3 * (column + 0.5) / SIDE);
      wave[i] = (float) (across * Math.cos(Math.PI * 2 * (row + 0.5) / SIDE) * 100);
    }
    long bit = 1L << (8 * 2 + 3);
    PerceptualHash hash = hash(wave);

    assertThat(hash.bits() & bit).isEqualTo(bit);
    assertThat(hash.mirrored() & bit).isZero();
    assertThat(hash.bits() & 1).isZero();
  }

  @Test
  void thumbnailsAreHashedWhateverTheThreadsAndDamagedOnesHaveNoHash() {
    InputSpec spec = new InputSpec(SIDE, SIDE, 0, 1);
    ThumbnailMaker maker = new ThumbnailMaker(spec);
    byte[][] thumbnails = new byte[150][];
    for (int i = 0; i < thumbnails.length; i++) {
      float[] picture = picture(i);
      float[] pixels = new float[spec.floats()];
      for (int j = 0; j < pixels.length; j++) {
        pixels[j] = Math.max(0, Math.min(255, 128 + picture[j / 3]));
      }
      thumbnails[i] = maker.code(List.of(maker.shrink(pixels, 0))).get(0);
    }
    thumbnails[3] = new byte[0];
    thumbnails[5] = Arrays.copyOf(thumbnails[5], 20);

    List<Optional<PerceptualHash>> hashes =
        PerceptualHash.ofThumbnails(Arrays.asList(thumbnails), 3);

    assertThat(hashes).isEqualTo(PerceptualHash.ofThumbnails(Arrays.asList(thumbnails), 1));
    for (int i = 0; i < thumbnails.length; i++) {
      assertThat(hashes.get(i).isPresent()).as("thumbnail %s", i).isEqualTo(i != 3 && i != 5);
      if (hashes.get(i).isPresent()) {
        assertThat(hashes.get(i).get().distance(hash(picture(i))))
            .isLessThanOrEqualTo(NearDuplicates.FEW_BITS);
      }
    }
  }

  @Test
  void theMeanColourIsThere() {
    ThumbnailMaker maker = new ThumbnailMaker(new InputSpec(SIDE, SIDE, 0, 1));
    float[] red = new float[SIDE * SIDE * 3];
    for (int i = 0; i < red.length; i += 3) {
      red[i] = 200;
    }
    byte[] thumbnail = maker.code(List.of(maker.shrink(red, 0))).get(0);

    PerceptualHash hash = PerceptualHash.ofThumbnails(List.of(thumbnail), 1).get(0).orElseThrow();

    // JFIF: Cb = 128 - 0.1687 R, Cr = 128 + 0.5 R
    assertThat(hash.blueness()).isCloseTo(94.3f, offset(1.5f));
    assertThat(hash.redness()).isCloseTo(228f, offset(1.5f));
  }

  @Test
  void whatIsNoThumbnailIsRefused() {
    assertThatThrownBy(() -> hash(new float[64])).hasMessage("a thumbnail has 2304 pixels, not 64");
  }
}
