package org.pupil.images;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
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
import org.pupil.photos.PhotoFormat;

/**
 * Reads the formats that TensorFlow does not decode, or not in all their variants, by readers in
 * Java. As TensorFlow does: colour profiles are not applied, alpha is dropped, of 16 bits the high
 * eight are kept.
 */
final class ImageIoPixels {
  private ImageIoPixels() {}

  /**
   * Decodes an image.
   *
   * @return RGB, [height, width, 3] row-major, as the header says
   * @throws UndecodableImageException if it is damaged, or needs more memory than there is
   */
  static byte[] rgb(ImageHeader header, byte[] bytes) throws UndecodableImageException {
    return rgb(header, bytes, 1);
  }

  /**
   * Decodes every so-manieth column of every so-manieth row of an image, from the first on.
   *
   * @return RGB, [ceil(height / step), ceil(width / step), 3] row-major
   * @throws UndecodableImageException as {@link #rgb(ImageHeader, byte[])}
   */
  static byte[] rgb(ImageHeader header, byte[] bytes, int step) throws UndecodableImageException {
    ImageReader reader = reader(header.format());
    try (EndingStream input = new EndingStream(bytes)) {
      reader.setInput(input, false, true);
      if (reader.getWidth(0) != header.width() || reader.getHeight(0) != header.height()) {
        throw UndecodableImageException.damaged();
      }
      ImageReadParam parameters = reader.getDefaultReadParam();
      parameters.setSourceSubsampling(step, step, 0, 0);
      return rgb(reader.read(0, parameters));
    } catch (UndecodableImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Readers of hostile bytes throw whatever their arrays and numbers throw.
      throw UndecodableImageException.damaged(e);
    } catch (OutOfMemoryError e) {
      throw new UndecodableImageException("there is not enough memory to decode it", e);
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader(PhotoFormat format) {
    return switch (format) {
      case WEBP -> new WebPImageReaderSpi().createReaderInstance(null);
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

  private static byte[] rgb(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
    RowReader rows = RowReader.of(image);
    for (int y = 0; y < height; y++) {
      rows.read(y, rgb, y * width * 3);
    }
    return rgb;
  }

  /** Writes a row as RGB bytes into an array. */
  @FunctionalInterface
  private interface RowReader {
    void read(int y, byte[] rgb, int offset);

    static RowReader of(BufferedImage image) {
      ColorModel colors = image.getColorModel();
      int bits = colors.getComponentSize(0);
      if (!(colors instanceof ComponentColorModel)
          || colors.isAlphaPremultiplied()
          || (bits != 8 && bits != 16)) {
        return converted(image);
      }
      return switch (colors.getColorSpace().getType()) {
        case ColorSpace.TYPE_GRAY -> raw(image.getRaster(), bits, Mixing.GREY);
        case ColorSpace.TYPE_RGB -> raw(image.getRaster(), bits, Mixing.RGB);
        case ColorSpace.TYPE_CMYK -> raw(image.getRaster(), bits, Mixing.CMYK);
        default -> converted(image);
      };
    }

    /** Takes the channels as they are stored. Java's own conversion of grey would lighten it. */
    private static RowReader raw(Raster raster, int bits, Mixing mixing) {
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
          mixing.mix(samples, x * bands, rgb, offset + x * 3);
        }
      };
    }

    private static RowReader converted(BufferedImage image) {
      int width = image.getWidth();
      int[] argb = new int[width];
      return (y, rgb, offset) -> {
        image.getRGB(0, y, width, 1, argb, 0, width);
        for (int x = 0; x < width; x++) {
          rgb[offset + x * 3] = (byte) (argb[x] >> 16);
          rgb[offset + x * 3 + 1] = (byte) (argb[x] >> 8);
          rgb[offset + x * 3 + 2] = (byte) argb[x];
        }
      };
    }
  }

  /** How channels of 0 to 255 become red, green and blue. */
  private enum Mixing {
    GREY {
      @Override
      void mix(int[] samples, int from, byte[] rgb, int to) {
        rgb[to] = rgb[to + 1] = rgb[to + 2] = (byte) samples[from];
      }
    },
    RGB {
      @Override
      void mix(int[] samples, int from, byte[] rgb, int to) {
        rgb[to] = (byte) samples[from];
        rgb[to + 1] = (byte) samples[from + 1];
        rgb[to + 2] = (byte) samples[from + 2];
      }
    },
    /** Ink of 0 to 255 takes light away, black from all three. */
    CMYK {
      @Override
      void mix(int[] samples, int from, byte[] rgb, int to) {
        int paper = 255 - samples[from + 3];
        rgb[to] = (byte) ((255 - samples[from]) * paper / 255);
        rgb[to + 1] = (byte) ((255 - samples[from + 1]) * paper / 255);
        rgb[to + 2] = (byte) ((255 - samples[from + 2]) * paper / 255);
      }
    };

    abstract void mix(int[] samples, int from, byte[] rgb, int to);
  }
}
