package org.pupil.ingest;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import org.pupil.images.Alpha;
import org.pupil.images.PhotoPreview;

/**
 * An object in a photo.
 *
 * @param file what the photo is called
 * @param label of the object
 * @param left column of the box's first pixel, from 0; may lie outside of the photo
 * @param top row of the box's first pixel, from 0; may lie outside of the photo
 * @param width columns of the box
 * @param height rows of the box
 */
record Box(String file, String label, double left, double top, double width, double height) {
  /** A box with fewer rows or columns shows nothing. */
  private static final int SMALLEST = 8;

  /** Whether something can be seen in it. */
  boolean isLargeEnough() {
    return width >= SMALLEST && height >= SMALLEST;
  }

  /** The part of the photo, as a PNG file. */
  byte[] cropped(SourceFile photo) throws IOException {
    BufferedImage image =
        PhotoPreview.upright(Files.readAllBytes(photo.content()), Alpha.WHITE, Integer.MAX_VALUE);
    int x = clamp(left, image.getWidth() - 1);
    int y = clamp(top, image.getHeight() - 1);
    int right = Math.max(x + 1, clamp(left + width, image.getWidth()));
    int bottom = Math.max(y + 1, clamp(top + height, image.getHeight()));
    return Pngs.of(image.getSubimage(x, y, right - x, bottom - y));
  }

  private static int clamp(double value, int most) {
    return (int) Math.max(0, Math.min(most, Math.round(value)));
  }
}
