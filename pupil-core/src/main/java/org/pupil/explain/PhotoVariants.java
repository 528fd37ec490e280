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
   * A photo and one changed copy.
   *
   * @param pixels [2, height, width, 3] as the network takes them: the photo, then the copy
   * @param picture the photo for people
   * @param changed the copy for people, as the network gets it but in the shape of the photo
   */
  @SuppressWarnings("ArrayRecordComponent") // lives for a call
  record Pair(float[] pixels, BufferedImage picture, BufferedImage changed) {}

  /**
   * Makes the photo as it is, and one changed copy.
   *
   * @param content the whole content of the photo's file
   * @throws UndecodableImageException if it is no image
   */
  Pair pair(byte[] content, Change change) throws UndecodableImageException {
    float[] levels = decoder.decode(content);
    BufferedImage picture = PhotoPreview.upright(content, alpha, HeatMapPicture.SIDE);
    double aspect = (double) picture.getWidth() / picture.getHeight();
    float[] pixels = Arrays.copyOf(levels, 2 * input.floats());
    change.apply(Change.Levels.of(levels, input, aspect), pixels, input.floats());
    BufferedImage changed = image(pixels, input.floats());
    input.scale(pixels, 0);
    input.scale(pixels, input.floats());
    return new Pair(pixels, picture, changed);
  }

  private BufferedImage image(float[] levels, int offset) {
    BufferedImage image =
        new BufferedImage(input.width(), input.height(), BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < input.height() * input.width(); pixel++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        rgb =
            rgb << 8 | Math.max(0, Math.min(255, Math.round(levels[offset + 3 * pixel + channel])));
      }
      image.setRGB(pixel % input.width(), pixel / input.width(), rgb);
    }
    return image;
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
