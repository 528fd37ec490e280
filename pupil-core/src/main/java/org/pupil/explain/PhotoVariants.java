package org.pupil.explain;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.images.Alpha;
import org.pupil.images.ImageDecoder;
import org.pupil.images.InputSpec;
import org.pupil.images.PhotoPreview;
import org.pupil.pictures.HeatMapPicture;

/** Makes of a photo what a network is shown: the photo as it is, then changed in each way. */
final class PhotoVariants {
  private final InputSpec input;
  private final Alpha alpha;
  private final ImageDecoder decoder;

  /**
   * @param input what the network takes
   * @param alpha what becomes of transparent pixels
   */
  PhotoVariants(InputSpec input, Alpha alpha) {
    this.input = input;
    this.alpha = alpha;
    this.decoder = new ImageDecoder(new InputSpec(input.height(), input.width(), 0, 1), alpha);
  }

  /**
   * A photo and its changed copies.
   *
   * @param pixels [count, height, width, 3] as the network takes them: the photo, then a copy for
   *     each {@link Change} in their order
   * @param count of images
   * @param picture the photo for people
   */
  @SuppressWarnings("ArrayRecordComponent") // lives for a call
  record Images(float[] pixels, int count, BufferedImage picture) {}

  /**
   * Makes only the photo as it is.
   *
   * @param content the whole content of the photo's file
   * @param longestSide the most rows and columns of the picture for people, at least 1
   * @throws UndecodableImageException if it is no image
   */
  Images unchanged(byte[] content, int longestSide) throws UndecodableImageException {
    float[] pixels = decoder.decode(content);
    input.scale(pixels, 0);
    return new Images(pixels, 1, PhotoPreview.upright(content, alpha, longestSide));
  }

  /**
   * Makes them.
   *
   * @param content the whole content of the photo's file
   * @throws UndecodableImageException if it is no image
   */
  Images of(byte[] content) throws UndecodableImageException {
    float[] levels = decoder.decode(content);
    BufferedImage picture = PhotoPreview.upright(content, alpha, HeatMapPicture.SIDE);
    double aspect = (double) picture.getWidth() / picture.getHeight();
    Change[] changes = Change.values();
    int count = 1 + changes.length;
    float[] pixels = Arrays.copyOf(levels, count * input.floats());
    Change.Levels photo = Change.Levels.of(levels, input, aspect);
    for (int i = 0; i < changes.length; i++) {
      changes[i].apply(photo, pixels, (1 + i) * input.floats());
    }
    for (int i = 0; i < count; i++) {
      input.scale(pixels, i * input.floats());
    }
    return new Images(pixels, count, picture);
  }
}
