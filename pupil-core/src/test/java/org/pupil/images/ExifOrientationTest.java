package org.pupil.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pupil.SharedFolder;
import org.pupil.dataset.UndecodableImageException;

/** Every container, each in both orders of bytes, with all eight orientations. */
class ExifOrientationTest {
  private static final int HEIGHT = 26;
  private static final int WIDTH = 36;
  private static final byte[] EXIF_MARK = latin1("Exif\0\0");

  /** How a file says its orientation. */
  enum Container {
    JPEG("rgb444.jpg") {
      @Override
      byte[] with(byte[] image, byte[] tiff) {
        byte[] exif = join(EXIF_MARK, tiff);
        byte[] length = {(byte) ((exif.length + 2) >> 8), (byte) (exif.length + 2)};
        return join(head(image, 2), new byte[] {-1, (byte) 0xe1}, length, exif, tail(image, 2));
      }
    },
    PNG("rgb8.png") {
      @Override
      byte[] with(byte[] image, byte[] tiff) {
        return join(head(image, 33), pngChunk(tiff), tail(image, 33));
      }
    },
    PNG_WITH_MARK("rgb8.png") {
      @Override
      byte[] with(byte[] image, byte[] tiff) {
        return PNG.with(image, join(EXIF_MARK, tiff));
      }
    },
    WEBP("lossless.webp") {
      @Override
      byte[] with(byte[] image, byte[] tiff) {
        byte[] chunk =
            ByteBuffer.allocate(8 + tiff.length + (tiff.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(latin1("EXIF"))
                .putInt(tiff.length)
                .put(tiff)
                .array();
        byte[] file = join(image, chunk);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(4, file.length - 8);
        return file;
      }
    },
    WEBP_WITH_MARK("lossless.webp") {
      @Override
      byte[] with(byte[] image, byte[] tiff) {
        return WEBP.with(image, join(EXIF_MARK, tiff));
      }
    };

    final String file;

    Container(String file) {
      this.file = file;
    }

    abstract byte[] with(byte[] image, byte[] tiff);
  }

  record Case(Container container, ByteOrder order, int orientation) {}

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Container container : Container.values()) {
      for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
        for (int orientation = 1; orientation <= 8; orientation++) {
          cases.add(new Case(container, order, orientation));
        }
      }
    }
    return cases.stream();
  }

  static Stream<Case> tiffs() {
    return cases().filter(each -> each.container() == Container.PNG);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aPhotoIsTurnedAsItsExifDataSay(Case each) throws UndecodableImageException {
    byte[] image = Pictures.read(each.container().file);
    byte[] turned = each.container().with(image, exif(each.order(), each.orientation()));
    assertThat(decode(turned, each.orientation()))
        .containsExactly(upright(decode(image, 1), each.orientation()));
  }

  /** A TIFF file says it in its own directory. */
  @ParameterizedTest
  @MethodSource("tiffs")
  void aTiffIsTurnedAsItsDirectorySays(Case each) throws UndecodableImageException {
    TiffFile tiff =
        new TiffFile(each.order(), HEIGHT, WIDTH, 3).bits(8).orientation(each.orientation());
    float[] stored = decode(Pictures.read("rgb8.png"), 1);
    for (float level : stored) {
      tiff.add((int) level);
    }
    assertThat(decode(tiff.bytes(), each.orientation()))
        .containsExactly(upright(stored, each.orientation()));
  }

  @Test
  void aPhotoOfAPhoneIsTurnedInBothOrders() throws IOException {
    Path folder = SharedFolder.get("data/cases/exif");
    ImageDecoder decoder = new ImageDecoder(new InputSpec(60, 50, 0, 1));

    assertThat(decoder.decode(Files.readAllBytes(folder.resolve("phone_MM_as_Pillow_writes.webp"))))
        .containsExactly(decoder.decode(Files.readAllBytes(folder.resolve("phone_II.webp"))));
  }

  private static float[] decode(byte[] file, int orientation) throws UndecodableImageException {
    InputSpec spec =
        orientation < 5 ? new InputSpec(HEIGHT, WIDTH, 0, 1) : new InputSpec(WIDTH, HEIGHT, 0, 1);
    ImageDecoder decoder = new ImageDecoder(spec);

    return decoder.decode(file);
  }

  /** EXIF 2.32, 4.6.5: where the stored rows and columns belong. */
  private static float[] upright(float[] stored, int orientation) {
    int height = orientation < 5 ? HEIGHT : WIDTH;
    int width = orientation < 5 ? WIDTH : HEIGHT;
    float[] upright = new float[stored.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int row =
            switch (orientation) {
              case 1, 2 -> y;
              case 3, 4 -> HEIGHT - 1 - y;
              case 5, 8 -> x;
              default -> HEIGHT - 1 - x;
            };
        int column =
            switch (orientation) {
              case 1, 4 -> x;
              case 2, 3 -> WIDTH - 1 - x;
              case 5, 6 -> y;
              default -> WIDTH - 1 - y;
            };
        System.arraycopy(stored, (row * WIDTH + column) * 3, upright, (y * width + x) * 3, 3);
      }
    }
    return upright;
  }

  private static byte[] exif(ByteOrder order, int orientation) {
    return ByteBuffer.allocate(26)
        .order(order)
        .put(latin1(order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM"))
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 274)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0)
        .array();
  }

  private static byte[] pngChunk(byte[] content) {
    byte[] named = join(latin1("eXIf"), content);
    CRC32 crc = new CRC32();
    crc.update(named);
    return ByteBuffer.allocate(named.length + 8)
        .putInt(content.length)
        .put(named)
        .putInt((int) crc.getValue())
        .array();
  }

  private static byte[] head(byte[] bytes, int to) {
    return Arrays.copyOf(bytes, to);
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
