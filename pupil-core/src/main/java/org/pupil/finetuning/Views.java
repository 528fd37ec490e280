package org.pupil.finetuning;

import java.util.List;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.images.Distortions;
import org.pupil.images.ImageDecoder;

/**
 * The views of a photo that are trained on: number 0 is the photo as it is, 1 its mirror image, and
 * those after it are distorted, if there are distortions.
 *
 * @param distortions what is done to a photo
 * @param seed decides what is drawn
 * @param count of views, at least 1
 */
record Views(Distortions distortions, long seed, int count) {
  private static final int CHANNELS = 3;

  /** The photo and its mirror image, which nobody has to ask for. */
  private static final int PLAIN = 2;

  /** More than any training has epochs: a distorted photo is never the same one twice. */
  private static final int ALWAYS_OTHERS = 1 << 16;

  /** Views whose maps are kept: as many as there are distorted variants, and the two plain ones. */
  static Views kept(Distortions distortions, long seed) {
    return new Views(
        distortions, seed, PLAIN + (distortions.hasVariants() ? distortions.variants() : 0));
  }

  /** Views that are made afresh whenever a photo is seen. */
  static Views afresh(Distortions distortions, long seed) {
    return new Views(distortions, seed, distortions.isNone() ? PLAIN : ALWAYS_OTHERS);
  }

  /** What the views depend on besides the photo, in one spelling. */
  String describe() {
    return distortions.isNone() ? "plain" : distortions.describe(seed, 0);
  }

  /**
   * Makes a view.
   *
   * @param photo 64 bits of the photo's content
   * @param content the photo's file
   * @param pixels receives the image, from {@code offset} on
   */
  void make(ImageDecoder decoder, long photo, int view, byte[] content, float[] pixels, int offset)
      throws UndecodableImageException {
    if (view < PLAIN) {
      decoder.decode(content, pixels, offset);
      if (view == 1) {
        mirror(pixels, offset, decoder.spec().height(), decoder.spec().width());
      }
      return;
    }
    decoder.decode(
        content,
        distortions,
        List.of(distortions.variant(decoder.spec(), seed, photo, view - PLAIN)),
        pixels,
        offset);
  }

  /** Swaps left and right of an image [height, width, 3]. */
  static void mirror(float[] pixels, int offset, int height, int width) {
    for (int y = 0; y < height; y++) {
      int row = offset + y * width * CHANNELS;
      for (int x = 0; x < width / 2; x++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          int left = row + x * CHANNELS + channel;
          int right = row + (width - 1 - x) * CHANNELS + channel;
          float value = pixels[left];
          pixels[left] = pixels[right];
          pixels[right] = value;
        }
      }
    }
  }
}
