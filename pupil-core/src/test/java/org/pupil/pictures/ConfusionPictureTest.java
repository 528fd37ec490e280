package org.pupil.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.pictures.ConfusionPicture.Picture;

class ConfusionPictureTest {
  private static BufferedImage read(Picture picture) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png()));
    assertThat(image.getWidth()).isEqualTo(picture.width());
    assertThat(image.getHeight()).isEqualTo(picture.height());
    return image;
  }

  /** How many pixels are of a colour, by its kind. */
  private static long count(BufferedImage image, java.util.function.IntPredicate colour) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xFFFFFF)
        .filter(colour)
        .count();
  }

  private static boolean isBlue(int rgb) {
    return (rgb & 0xFF) > (rgb >> 16) + 40;
  }

  private static boolean isOrange(int rgb) {
    return (rgb >> 16) > (rgb & 0xFF) + 8;
  }

  @Test
  void whatIsRightIsBlueAndWhatIsWrongIsOrange() throws IOException {
    BufferedImage right =
        read(ConfusionPicture.of(List.of("cat", "dog"), new int[][] {{61, 0}, {0, 69}}));
    assertThat(count(right, ConfusionPictureTest::isBlue)).isGreaterThan(6000);
    assertThat(count(right, ConfusionPictureTest::isOrange)).isZero();
    BufferedImage wrong =
        read(ConfusionPicture.of(List.of("cat", "dog"), new int[][] {{0, 61}, {69, 0}}));
    assertThat(count(wrong, ConfusionPictureTest::isOrange)).isGreaterThan(6000);
    assertThat(count(wrong, ConfusionPictureTest::isBlue)).isZero();
  }

  /** The true label is the row: the square to the right of the upper left one is truth 0. */
  @Test
  void rowsAreTheTrueLabels() throws IOException {
    Picture picture = ConfusionPicture.of(List.of("a", "b"), new int[][] {{1, 9}, {0, 5}});
    BufferedImage image = read(picture);
    int right = 0;
    int below = 0;
    int middleX = image.getWidth() / 2;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = middleX; x < image.getWidth(); x++) {
        right += isOrange(image.getRGB(x, y) & 0xFFFFFF) ? 1 : 0;
      }
      for (int x = 0; x < middleX; x++) {
        below += isOrange(image.getRGB(x, y) & 0xFFFFFF) ? 1 : 0;
      }
    }
    assertThat(right).isGreaterThan(below);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 30, 80, 500})
  void anyNumberOfLabelsHasAPictureThatIsNotTooLarge(int k) throws IOException {
    List<String> labels =
        IntStream.range(0, k).mapToObj(i -> "a label with a rather long name " + i).toList();
    int[][] counts = new int[k][k];
    for (int i = 0; i < k; i++) {
      counts[i][i] = i;
    }
    Picture picture = ConfusionPicture.of(labels, counts);
    read(picture);
    assertThat(picture.width()).isBetween(300, 3400);
    assertThat(picture.png().length).isLessThan(400_000);
  }

  /** Two pictures differ by the names alone, where their letters are drawn and not boxes. */
  @ParameterizedTest
  @CsvSource({"Äpfel,Ärger", "γάτα,γάλα", "кошка,собака", "قطة,كلب", "बिल्ली,कुत्ता"})
  void labelsOfManyScriptsAreDrawn(String first, String second) throws IOException {
    int[][] counts = {{1, 0}, {0, 1}};
    long one = ink(read(ConfusionPicture.of(List.of(first, "x"), counts)));
    long other = ink(read(ConfusionPicture.of(List.of(second, "x"), counts)));
    assertThat(one).isNotEqualTo(other);
  }

  private static long ink(BufferedImage image) {
    return count(image, rgb -> (rgb & 0xFF) < 0x80);
  }

  @Test
  void aLongNameIsShortened() throws IOException {
    List<String> labels = List.of("a label with a rather long name ".repeat(9), "b");
    BufferedImage image = read(ConfusionPicture.of(labels, new int[][] {{1, 0}, {0, 1}}));
    assertThat(image.getWidth()).isLessThan(1000);
  }

  /** Cuneiform: no font that comes with Pupil has it. */
  @Test
  void labelsThatNoFontCanWriteStandAsTheirNumbers() {
    int[][] counts = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    Picture picture = ConfusionPicture.of(List.of("кошка", "\uD808\uDC00", "c"), counts);
    assertThat(picture.numbered()).containsExactly(2);
    assertThat(picture.png())
        .isEqualTo(ConfusionPicture.of(List.of("кошка", "label 2", "c"), counts).png());
  }

  @Test
  void aMatrixOfOtherLabelsIsRefused() {
    assertThatThrownBy(() -> ConfusionPicture.of(List.of("a"), new int[][] {{1, 2}}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
