package org.pupil.finetuning;

import java.nio.FloatBuffer;

/** What a window shows of maps at each place of a convolution's output, as rows of a matrix. */
final class WindowRows {
  private final Window window;
  private final Maps input;
  private final MapShape output;
  private final int channels;
  private final float[] zeros;
  private final float[] scratch;

  WindowRows(Window window, Maps input, MapShape output) {
    this.window = window;
    this.input = input;
    this.output = output;
    this.channels = input.shape().channels();
    this.zeros = new float[channels];
    this.scratch = new float[channels];
  }

  /** Numbers of a row: [height, width, channels]. */
  int length() {
    return window.places() * channels;
  }

  /** What does something with the channels of one place that the window shows. */
  private interface Place {
    /**
     * @param at where the place's channels are among the rows of all windows
     * @param index the place among the rows of the maps; -1 outside of the map
     */
    void visit(int at, int index);
  }

  /** Writes a row for each place of the output. */
  void copyTo(FloatBuffer rows, int photos) {
    float[][] values = input.values();
    eachPlace(photos, (at, index) -> rows.put(at, index < 0 ? zeros : values[index]));
  }

  /** Adds the gradients of rows to those of the maps. */
  void addToGradients(FloatBuffer rows, int photos) {
    input.startGradient(photos);
    float[][] gradients = input.gradients();
    eachPlace(
        photos,
        (at, index) -> {
          if (index >= 0) {
            rows.get(at, scratch);
            Rows.add(gradients[index], scratch);
          }
        });
  }

  private void eachPlace(int photos, Place place) {
    int at = 0;
    for (int photo = 0; photo < photos; photo++) {
      for (int y = 0; y < output.height(); y++) {
        for (int x = 0; x < output.width(); x++) {
          for (int row = 0; row < window.height(); row++) {
            int inY = y * window.strideY() - window.top() + row;
            for (int column = 0; column < window.width(); column++) {
              int inX = x * window.strideX() - window.left() + column;
              place.visit(at, index(photo, inY, inX));
              at += channels;
            }
          }
        }
      }
    }
  }

  private int index(int photo, int y, int x) {
    return input.shape().isInside(y, x) ? input.shape().place(photo, y, x) : -1;
  }
}
