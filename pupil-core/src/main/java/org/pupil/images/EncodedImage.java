package org.pupil.images;

import org.pupil.dataset.UndecodableImageException;

/**
 * A file that {@link Decoders} reads, and its header: a photo's own, or what a converter made of
 * it.
 *
 * @param header what the file says, perhaps with another orientation: this one counts
 * @param bytes the whole file; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // only passed on, never compared
record EncodedImage(ImageHeader header, byte[] bytes) {
  /**
   * Makes a photo ready to be decoded.
   *
   * @param conversion converts what needs it
   * @throws UndecodableImageException if it is no image of a known format, or cannot be converted
   */
  static EncodedImage of(byte[] photo, PhotoConversion conversion)
      throws UndecodableImageException {
    ImageHeader header = ImageHeader.read(photo);
    return header.format().needsConverter()
        ? conversion.convert(header, photo)
        : new EncodedImage(header, photo);
  }
}
