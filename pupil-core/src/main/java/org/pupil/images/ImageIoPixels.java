package org.pupil.images;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.pupil.dataset.PhotoFormat;
import org.pupil.dataset.UndecodableImageException;

/**
 * Reads the formats that {@link Decoders} has no native decoder for, by readers in Java. As
 * TensorFlow does: colour profiles are not applied, of 16 bits the high eight are kept.
 */
final class ImageIoPixels {
  private ImageIoPixels() {}

  /**
   * Decodes an image.
   *
   * @return RGB, [height, width, 3] row-major, as the header says
   * @throws UndecodableImageException if it is damaged, or needs more memory than there is
   */
  static byte[] rgb(ImageHeader header, byte[] bytes, Alpha alpha)
      throws UndecodableImageException {
    try {
      return header.format() == PhotoFormat.BMP && BmpWithAlpha.is(bytes)
          ? BmpWithAlpha.rgb(header, bytes, alpha)
          : read(header, bytes, alpha);
    } catch (UndecodableImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Readers of hostile bytes throw whatever their arrays and numbers throw.
      throw UndecodableImageException.damaged(e);
    } catch (OutOfMemoryError e) {
      throw UndecodableImageException.outOfMemory(e);
    }
  }

  private static byte[] read(ImageHeader header, byte[] bytes, Alpha alpha) throws IOException {
    ImageReader reader = reader(header.format());
    try (EndingStream input = new EndingStream(bytes, (long) header.width() * header.height())) {
      reader.setInput(input, false, true);
      if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
        throw UndecodableImageException.damaged();
      }
      ImageReadParam parameters = reader.getDefaultReadParam();
      if (header.format() != PhotoFormat.TIFF) {
        BufferedImage image = reader.read(0, parameters);
        return rgb(image, alphaBand(image), alpha);
      }
      TiffSamples samples = TiffSamples.read(TiffDirectory.first(HeaderBytes.bigEndian(bytes)));
      return samples.isRaw()
          ? TiffPixels.rgb(reader.readRaster(0, parameters), samples, alpha)
          : rgb(reader.read(0, parameters), samples.alphaBand(), alpha);
    } finally {
      reader.dispose();
    }
  }

  /** Which of an image's channels is alpha, or -1. */
  private static int alphaBand(BufferedImage image) {
    return image.getColorModel().hasAlpha() ? image.getRaster().getNumBands() - 1 : -1;
  }

  private static ImageReader reader(PhotoFormat format) {
    return switch (format) {
      case TIFF -> new TIFFImageReaderSpi().createReaderInstance(null);
      default -> {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        if (!readers.hasNext()) {
          throw new IllegalStateException("this Java has no reader for " + format);
        }
        yield readers.next();
      }
    };
  }

  private static byte[] rgb(BufferedImage image, int alphaBand, Alpha alpha) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    RowReader rows = RowReader.of(image, alphaBand, alphaBand < 0 ? Alpha.DROP : alpha);
    for (int y = 0; y < height; y++) {
      rows.read(y, rgb, y * width * 3);
    }
    return rgb;
  }

  /** Writes a row as RGB bytes into an array. */
  @FunctionalInterface
  private interface RowReader {
    void read(int y, byte[] rgb, int offset);

    static RowReader of(BufferedImage image, int alphaBand, Alpha alpha) {
      ColorModel colors = image.getColorModel();
      int bits = colors.getComponentSize(0);
      if (!(colors instanceof ComponentColorModel)
          || colors.isAlphaPremultiplied()
          || (bits != 8 && bits != 16)) {
        return converted(image, alpha);
      }
      return switch (colors.getColorSpace().getType()) {
        case ColorSpace.TYPE_GRAY -> raw(image.getRaster(), bits, Mixing.GREY, alphaBand, alpha);
        case ColorSpace.TYPE_RGB -> raw(image.getRaster(), bits, Mixing.RGB, alphaBand, alpha);
        case ColorSpace.TYPE_CMYK -> raw(image.getRaster(), bits, Mixing.CMYK, alphaBand, alpha);
        default -> converted(image, alpha);
      };
    }

    /** Takes the channels as they are stored. Java's own conversion of grey would lighten it. */
    private static RowReader raw(
        Raster raster, int bits, Mixing mixing, int alphaBand, Alpha alpha) {
      int width = raster.getWidth();
      int bands = raster.getNumBands();
      int[] samples = new int[width * bands];
      return (y, rgb, offset) -> {
        raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, samples);
        if (bits == 16) {
          for (int i = 0; i < samples.length; i++) {
            samples[i] >>= 8;
          }
        }
        for (int x = 0; x < width; x++) {
          int to = offset + x * 3;
          mixing.mix(samples, x * bands, rgb, to);
          if (alpha == Alpha.WHITE) {
            int opacity = samples[x * bands + alphaBand];
            for (int i = to; i < to + 3; i++) {
              rgb[i] = (byte) alpha.seen(rgb[i] & 0xFF, opacity);
            }
          }
        }
      };
    }

    private static RowReader converted(BufferedImage image, Alpha alpha) {
      int width = image.getWidth();
      int[] argb = new int[width];
      return (y, rgb, offset) -> {
        image.getRGB(0, y, width, 1, argb, 0, width);
        for (int x = 0; x < width; x++) {
          for (int channel = 0; channel < 3; channel++) {
            int level = argb[x] >> (16 - 8 * channel) & 0xFF;
            rgb[offset + x * 3 + channel] = (byte) alpha.seen(level, argb[x] >>> 24);
          }
        }
      };
    }
  }
}
