package org.pupil.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures that have nothing in common, in a folder for each label: coloured discs and stripes at
 * random, of random sizes and JPEG qualities. Tests make them differ by label in one thing.
 */
public final class PaintedPhotos {
  private static final int EXIF_BYTES = 192;
  private static final int MODEL = 272;
  private static final int CHANGED = 306;
  private static final int ASCII = 2;

  private final Path folder;
  private final Random random;

  public PaintedPhotos(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
  }

  /** What one picture is. */
  public final class Picture {
    int width = 120 + random.nextInt(80);
    int height = 120 + random.nextInt(80);
    int quality = 60 + random.nextInt(36);
    boolean png;
    int border;

    /** The share of the light that is left. */
    float light = 1;

    /** What made it, in the EXIF data of a JPEG; not told if empty. Four characters or more. */
    String camera = "";

    /** When it was taken, in the EXIF data, as {@code 2019:07:21}; not told if empty. */
    String day = "";

    public Picture size(int newWidth, int newHeight) {
      width = newWidth;
      height = newHeight;
      return this;
    }

    public byte[] bytes() {
      byte[] bytes = encoded(image(), png ? "png" : "jpeg", quality);
      return camera.isEmpty() && day.isEmpty() ? bytes : withExif(bytes);
    }

    private byte[] withExif(byte[] jpeg) {
      ByteBuffer tiff = ByteBuffer.allocate(EXIF_BYTES);
      tiff.put("MM\0*".getBytes(ISO_8859_1)).putInt(8).putShort((short) 2);
      text(tiff, MODEL, camera, 64);
      text(tiff, CHANGED, day.isEmpty() ? "" : day + " 08:00:00", 128);
      return ByteBuffer.allocate(jpeg.length + 10 + EXIF_BYTES)
          .put(jpeg, 0, 2)
          .putShort((short) 0xffe1)
          .putShort((short) (8 + EXIF_BYTES))
          .put("Exif\0\0".getBytes(ISO_8859_1))
          .put(tiff.array())
          .put(jpeg, 2, jpeg.length - 2)
          .array();
    }

    /** An entry of a directory, and what it points to; an empty text stands in the entry itself. */
    private static void text(ByteBuffer tiff, int tag, String text, int at) {
      byte[] bytes = (text + "\0").getBytes(ISO_8859_1);
      tiff.putShort((short) tag).putShort((short) ASCII).putInt(bytes.length);
      tiff.putInt(text.isEmpty() ? 0 : at);
      tiff.duplicate().position(at).put(bytes);
    }

    /** The pixels, other ones each time. */
    public BufferedImage image() {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(colour());
      graphics.fillRect(0, 0, width, height);
      for (int i = 0; i < 25; i++) {
        graphics.setColor(colour());
        int size = 10 + random.nextInt(60);
        int x = random.nextInt(width + size) - size;
        int y = random.nextInt(height + size) - size;
        if (random.nextBoolean()) {
          graphics.fillOval(x, y, size, size);
        } else {
          graphics.fillRect(x, y, size, 1 + size / 3);
        }
      }
      graphics.setColor(Color.GRAY);
      graphics.fillRect(0, 0, width, border);
      graphics.fillRect(0, height - border, width, border);
      graphics.fillRect(0, 0, border, height);
      graphics.fillRect(width - border, 0, border, height);
      graphics.setColor(new Color(0, 0, 0, 1 - light));
      graphics.fillRect(0, 0, width, height);
      graphics.dispose();
      return image;
    }
  }

  private Color colour() {
    return new Color(random.nextInt(1 << 24));
  }

  public Picture picture() {
    return new Picture();
  }

  public PaintedPhotos add(String name, Picture picture) {
    return add(name, picture.bytes());
  }

  public PaintedPhotos add(String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] encoded(BufferedImage image, String format, int quality) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    if (format.equals("jpeg")) {
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(quality / 100f);
    }
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
