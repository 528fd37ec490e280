package org.pupil.images;

import java.nio.IntBuffer;
import org.bytedeco.leptonica.PIX;
import org.bytedeco.leptonica.global.leptonica;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.PhotoFormat;
import org.pupil.dataset.UndecodableImageException;

/**
 * An image that Leptonica decoded, with libjpeg-turbo (accurate integer DCT, smooth upsampling of
 * colours), libpng, giflib or libwebp. Owns its native memory: four bytes for each pixel.
 */
final class LeptonicaImage implements StoredImage {
  private static final int BITS_OF_RGB = 32;
  private static final int RGB_AND_ALPHA = 4;

  private final PIX pix;
  private final IntBuffer words;
  private final int wordsPerRow;

  private LeptonicaImage(PIX pix) {
    this.pix = pix;
    this.wordsPerRow = pix.wpl();
    long size = (long) wordsPerRow * pix.h();
    this.words = pix.data().capacity(size).asBuffer().asReadOnlyBuffer();
  }

  /**
   * Decodes the first image of a file.
   *
   * @param header of the file: a JPEG, PNG, GIF or WebP
   * @param ratio 1, 2, 4 or 8 for a JPEG: both sides become so many times smaller, rounded up; 1
   *     for all other formats
   * @throws UndecodableImageException if the file is damaged, or there is not enough memory
   */
  static LeptonicaImage decode(ImageHeader header, byte[] encoded, int ratio)
      throws UndecodableImageException {
    PIX decoded = read(header.format(), encoded, ratio);
    if (decoded == null || decoded.isNull()) {
      throw UndecodableImageException.damaged();
    }
    LeptonicaImage image = new LeptonicaImage(asRgb(decoded));
    if (image.width() != smaller(header.width(), ratio)
        || image.height() != smaller(header.height(), ratio)) {
      image.close();
      throw UndecodableImageException.damaged();
    }
    return image;
  }

  private static int smaller(int side, int ratio) {
    return (side + ratio - 1) / ratio;
  }

  private static @Nullable PIX read(PhotoFormat format, byte[] encoded, int ratio) {
    return switch (format) {
      case JPEG -> leptonica.pixReadMemJpeg(encoded, encoded.length, 0, ratio, (int[]) null, 0);
      case PNG -> leptonica.pixReadMemPng(encoded, encoded.length);
      case GIF -> leptonica.pixReadMemGif(encoded, encoded.length);
      case WEBP -> leptonica.pixReadMemWebP(encoded, encoded.length);
      default -> throw new IllegalArgumentException(format + " is not decoded here");
    };
  }

  /** The same image with 32 bits for each pixel. */
  private static PIX asRgb(PIX decoded) throws UndecodableImageException {
    if (decoded.d() == BITS_OF_RGB) {
      return decoded;
    }
    PIX rgb =
        decoded.colormap() == null || decoded.colormap().isNull()
            ? leptonica.pixConvertTo32(decoded)
            : leptonica.pixRemoveColormap(decoded, leptonica.REMOVE_CMAP_WITH_ALPHA);
    leptonica.pixDestroy(decoded);
    if (rgb == null || rgb.isNull()) {
      throw new UndecodableImageException("there is not enough memory to decode it");
    }
    return rgb;
  }

  @Override
  public int width() {
    return pix.w();
  }

  @Override
  public int height() {
    return pix.h();
  }

  @Override
  public void readRow(int row, int[] to) {
    words.get(row * wordsPerRow, to, 0, pix.w());
  }

  @Override
  public boolean hasAlpha() {
    return pix.spp() == RGB_AND_ALPHA;
  }

  @Override
  public void close() {
    leptonica.pixDestroy(pix);
  }
}
