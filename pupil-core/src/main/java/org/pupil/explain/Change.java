package org.pupil.explain;

import org.pupil.images.InputSpec;

/**
 * What may happen to a photo without making it show anything else: a classifier that can be relied
 * on gives the same answer.
 */
public enum Change {
  /** Left and right are exchanged. */
  MIRRORED("mirrored") {
    @Override
    void apply(Levels from, float[] to, int offset) {
      int row = 3 * from.width();
      for (int pixel = 0; pixel < from.height() * from.width(); pixel++) {
        int column = pixel % from.width();
        int source = pixel / from.width() * row + 3 * (from.width() - 1 - column);
        System.arraycopy(from.values(), source, to, offset + 3 * pixel, 3);
      }
    }
  },
  /** A tenth is cut off at each of the four edges. */
  CROPPED("cropped to its middle") {
    @Override
    void apply(Levels from, float[] to, int offset) {
      from.sample(to, offset, new Linear(CROP, 0, 0, CROP));
    }
  },
  /** Its levels are halved, which looks about half as bright; it is a fifth of the light. */
  DARKENED("half as bright") {
    @Override
    void apply(Levels from, float[] to, int offset) {
      for (int i = 0; i < from.values().length; i++) {
        to[offset + i] = from.values()[i] / 2;
      }
    }
  },
  /** Its colours are gone: ITU-R BT.601's luma, as in a black-and-white film. */
  GREY("without colour") {
    @Override
    void apply(Levels from, float[] to, int offset) {
      float[] values = from.values();
      for (int i = 0; i < values.length; i += 3) {
        float luma = 0.299f * values[i] + 0.587f * values[i + 1] + 0.114f * values[i + 2];
        to[offset + i] = to[offset + i + 1] = to[offset + i + 2] = luma;
      }
    }
  },
  /** It is turned clockwise by 10 degrees about its middle; pixels of the edge fill the corners. */
  TURNED("turned by 10 degrees") {
    @Override
    void apply(Levels from, float[] to, int offset) {
      double sine = Math.sin(Math.toRadians(ANGLE));
      double cosine = Math.cos(Math.toRadians(ANGLE));
      double aspect = from.aspect();
      from.sample(to, offset, new Linear(cosine, sine / aspect, -sine * aspect, cosine));
    }
  };

  private static final double CROP = 0.8;
  private static final double ANGLE = 10;

  private final String description;

  Change(String description) {
    this.description = description;
  }

  /** In a few words that continue "if the photo were". */
  public String description() {
    return description;
  }

  /**
   * Makes the changed image.
   *
   * @param to receives levels of 0 to 255, [height, width, 3] row-major, from {@code offset} on
   */
  abstract void apply(Levels from, float[] to, int offset);

  /**
   * Where in an image a pixel comes from. Both places are counted from the middle, as parts of the
   * width to the right and of the height down.
   */
  private record Linear(double xOfX, double xOfY, double yOfX, double yOfY) {
    double x(double x, double y) {
      return xOfX * x + xOfY * y;
    }

    double y(double x, double y) {
      return yOfX * x + yOfY * y;
    }
  }

  /**
   * An upright image, stretched to what a network takes.
   *
   * @param values levels of 0 to 255, [height, width, 3] row-major
   * @param aspect how wide the photo is for its height
   */
  @SuppressWarnings("ArrayRecordComponent") // lives for a call
  record Levels(float[] values, int height, int width, double aspect) {
    static Levels of(float[] values, InputSpec spec, double aspect) {
      return new Levels(values, spec.height(), spec.width(), aspect);
    }

    /** Takes each pixel from elsewhere, mixed of the four around it; outside is as the edge. */
    void sample(float[] to, int offset, Linear source) {
      int at = offset;
      for (int row = 0; row < height; row++) {
        double down = (row + 0.5) / height - 0.5;
        for (int column = 0; column < width; column++, at += 3) {
          double right = (column + 0.5) / width - 0.5;
          double x = source.x(right, down) + 0.5;
          double y = source.y(right, down) + 0.5;
          mix(x * width - 0.5, y * height - 0.5, to, at);
        }
      }
    }

    private void mix(double x, double y, float[] to, int at) {
      double column = Math.max(0, Math.min(width - 1, x));
      double row = Math.max(0, Math.min(height - 1, y));
      int left = (int) column;
      int top = (int) row;
      int across = left + 1 < width ? 3 : 0;
      int below = top + 1 < height ? 3 * width : 0;
      float along = (float) (column - left);
      float down = (float) (row - top);
      int first = 3 * (top * width + left);
      for (int c = 0; c < 3; c++) {
        float upper = values[first + c] + (values[first + across + c] - values[first + c]) * along;
        int second = first + below + c;
        float lower = values[second] + (values[second + across] - values[second]) * along;
        to[at + c] = upper + (lower - upper) * down;
      }
    }
  }
}
