package org.pupil.finetuning;

/** The shape of one photo's map: [height, width, channels], each at least 1. */
record MapShape(int height, int width, int channels) {
  MapShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "a map has no shape %d x %d x %d".formatted(height, width, channels));
    }
  }

  /** Places of the map: height x width. */
  int places() {
    return height * width;
  }

  /** Numbers of the map. */
  int floats() {
    return height * width * channels;
  }

  /** Whether there is such a row and column. */
  boolean isInside(int y, int x) {
    return y >= 0 && y < height && x >= 0 && x < width;
  }

  /** The place of a photo among those of a batch: photo after photo, row after row. */
  int place(int photo, int y, int x) {
    return (photo * height + y) * width + x;
  }
}
