package org.pupil.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.dataset.PhotoFormat;
import org.pupil.dataset.UndecodableImageException;

class PhotoFactsTest {
  private static byte[] jpeg(int quality) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    settings.setCompressionQuality(quality / 100f);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A JPEG with EXIF data: orientation, make, model, and the day in its EXIF directory. */
  private static byte[] phonePhoto(int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(160);
    tiff.put("MM\0*".getBytes(ISO_8859_1)).putInt(8).putShort((short) 4);
    entry(tiff, 271, 2, 6, 100);
    entry(tiff, 272, 2, 4, 'X' << 24 | '1' << 16);
    entry(tiff, 274, 3, 1, orientation << 16);
    entry(tiff, 0x8769, 4, 1, 70);
    tiff.position(70);
    tiff.putShort((short) 1);
    entry(tiff, 0x9003, 2, 20, 110);
    tiff.position(100);
    tiff.put("Maker\0".getBytes(ISO_8859_1));
    tiff.position(110);
    tiff.put("2019:07:21 08:00:00\0".getBytes(ISO_8859_1));
    byte[] image = jpeg(80);
    return ByteBuffer.allocate(image.length + 4 + 6 + tiff.capacity())
        .put(image, 0, 2)
        .putShort((short) 0xffe1)
        .putShort((short) (2 + 6 + tiff.capacity()))
        .put("Exif\0\0".getBytes(ISO_8859_1))
        .put(tiff.array())
        .put(image, 2, image.length - 2)
        .array();
  }

  private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
    tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 30, 50, 75, 80, 92, 100})
  void theQualityIsThatWithWhichItWasSaved(int quality) throws UndecodableImageException {
    assertThat(PhotoFacts.of(jpeg(quality)).jpegQuality().orElseThrow())
        .isBetween(quality - 1, quality + 1);
  }

  @Test
  void cameraAndDayAreThoseOfTheExifDataAndTheSizeIsUpright() throws UndecodableImageException {
    PhotoFacts facts = PhotoFacts.of(phonePhoto(6));

    assertThat(facts.camera()).contains("Maker X1");
    assertThat(facts.day()).contains("2019:07:21");
    assertThat(facts.format()).isEqualTo(PhotoFormat.JPEG);
    assertThat(facts.width()).isEqualTo(30);
    assertThat(facts.height()).isEqualTo(40);
  }

  @Test
  void withoutExifDataNothingIsMadeUp() throws UndecodableImageException {
    PhotoFacts facts = PhotoFacts.of(jpeg(80));

    assertThat(facts.camera()).isEmpty();
    assertThat(facts.day()).isEmpty();
    assertThat(facts.width()).isEqualTo(40);
  }

  @Test
  void theBeginningOfAJpegIsEnough() throws UndecodableImageException {
    byte[] photo = phonePhoto(1);

    assertThat(PhotoFacts.of(Arrays.copyOf(photo, photo.length - 30)))
        .isEqualTo(PhotoFacts.of(photo));
  }

  @Test
  void filesOfEachKindTellTheirFormatAndSize() throws UndecodableImageException {
    for (String name : Pictures.OF_EACH_KIND) {
      byte[] bytes = Pictures.read(name);
      PhotoFacts facts = PhotoFacts.of(bytes);
      assertThat(facts.format()).as(name).isEqualTo(PhotoFormat.of(bytes).orElseThrow());
      assertThat(facts.width()).as(name).isPositive();
    }
  }

  @Test
  void damagedFilesAreRefusedOrTellLessAndNothingElseHappens() {
    byte[] photo = phonePhoto(6);
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = Arrays.copyOf(photo, 1 + random.nextInt(photo.length));
      for (int change = 0; change < 4; change++) {
        // Most of the numbers that matter are at the beginning.
        int at = random.nextInt(Math.min(damaged.length, 400));
        damaged[at] = (byte) random.nextInt();
      }
      try {
        PhotoFacts facts = PhotoFacts.of(damaged);
        assertThat(facts.camera().orElse("").length()).isLessThanOrEqualTo(129);
        assertThat(facts.day().orElse("2000:01:01")).hasSize(10);
      } catch (UndecodableImageException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }
}
