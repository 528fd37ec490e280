package org.pupil.images;

import org.pupil.dataset.UndecodableImageException;

/**
 * Which decoder reads which format: Leptonica all that it reads as TensorFlow does, Java's readers
 * the others. Leptonica refuses many kinds of TIFF (floats, 32-bit samples, rare compressions) and
 * of BMP (compressed ones, those with masks for their channels or an old header, and those with
 * bytes behind their pixels), and ignores the transparent colour of a PNG without a channel for it.
 */
final class Decoders {
  private Decoders() {}

  /**
   * Decodes the first image of a file.
   *
   * @param header of the file, whose format needs no converter: see {@link EncodedImage}
   * @param alpha what becomes of transparent pixels, for those decoders that deal with it
   * @param jpegRatio 1, 2, 4 or 8: a JPEG becomes so many times smaller; other formats do not
   * @throws UndecodableImageException if it is damaged, or needs more memory than there is
   */
  static StoredImage decode(ImageHeader header, byte[] encoded, Alpha alpha, int jpegRatio)
      throws UndecodableImageException {
    LeptonicaLibrary.load();
    return switch (header.format()) {
      case JPEG -> LeptonicaImage.decode(header, encoded, jpegRatio);
      case PNG ->
          alpha == Alpha.WHITE && PngHeader.hasTransparentColour(encoded)
              ? byJava(header, encoded, alpha)
              : LeptonicaImage.decode(header, encoded, 1);
      case GIF -> LeptonicaImage.decode(header, GifFirstFrame.find(encoded).alone(alpha), 1);
      case WEBP -> LeptonicaImage.decode(header, WebpFirstFrame.find(encoded).alone(alpha), 1);
      case BMP, TIFF -> byJava(header, encoded, alpha);
      case HEIF, AVIF, JPEG_XL, RAW -> throw new IllegalStateException(header + " has no decoder");
    };
  }

  private static StoredImage byJava(ImageHeader header, byte[] encoded, Alpha alpha)
      throws UndecodableImageException {
    return new RgbImage(ImageIoPixels.rgb(header, encoded, alpha), header.height(), header.width());
  }
}
