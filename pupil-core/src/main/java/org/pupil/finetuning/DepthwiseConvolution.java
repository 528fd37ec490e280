package org.pupil.finetuning;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.pupil.engine.MatrixProducts;

/**
 * A depthwise convolution: each channel has a filter [height, width] of its own.
 *
 * @param input the layer whose maps it takes
 * @param weights [height, width, channels] row-major
 * @param biases [channels]
 */
record DepthwiseConvolution(
    int input, Window window, Parameter weights, Parameter biases, Activation activation)
    implements Layer {
  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  @Override
  public Layer with(Activation end) {
    return new DepthwiseConvolution(input, window, weights, biases, end);
  }

  @Override
  public Layer renumbered(IntUnaryOperator newNumber) {
    return new DepthwiseConvolution(
        newNumber.applyAsInt(input), window, weights, biases, activation);
  }

  @Override
  public MapShape output(List<MapShape> inputs) {
    return window.output(inputs.get(0), biases.size());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weights, biases);
  }

  @Override
  public LayerPass pass(List<Maps> inputs, Maps output, MatrixProducts products) {
    return new Pass(this, inputs.get(0), output);
  }

  private static final class Pass implements LayerPass {
    private final DepthwiseConvolution layer;
    private final Window window;
    private final Maps input;
    private final Maps output;
    private final float[][] taps;
    private final float[][] tapGradients;
    private final float[] weightGradient;
    private final float[] biasGradient;
    private final float[] zeros;

    /** Gradients of what lies outside of the map, which nobody wants. */
    private final float[] outside;

    Pass(DepthwiseConvolution layer, Maps input, Maps output) {
      this.layer = layer;
      this.window = layer.window;
      this.input = input;
      this.output = output;
      int channels = layer.biases.size();
      int count = window.places();
      this.taps = new float[count][channels];
      this.tapGradients = new float[count][channels];
      this.weightGradient = new float[count * channels];
      this.biasGradient = new float[channels];
      this.zeros = new float[channels];
      this.outside = new float[channels];
    }

    @Override
    public void forward(int photos) {
      float[] weights = layer.weights.values();
      for (int tap = 0; tap < taps.length; tap++) {
        System.arraycopy(weights, tap * zeros.length, taps[tap], 0, zeros.length);
      }
      for (int photo = 0; photo < photos; photo++) {
        for (int y = 0; y < output.shape().height(); y++) {
          for (int x = 0; x < output.shape().width(); x++) {
            forward(photo, y, x);
          }
        }
      }
    }

    private void forward(int photo, int y, int x) {
      float[] sum = output.values()[output.shape().place(photo, y, x)];
      System.arraycopy(layer.biases.values(), 0, sum, 0, sum.length);
      for (int row = 0; row < window.height(); row++) {
        int inY = y * window.strideY() - window.top() + row;
        if (inY < 0 || inY >= input.shape().height()) {
          continue;
        }
        int inX = x * window.strideX() - window.left();
        addRow(sum, photo, inY, inX, row * window.width());
      }
      layer.activation.forward(sum);
    }

    /** Adds one row of the filter, three and two taps at a time. */
    private void addRow(float[] sum, int photo, int inY, int inX, int firstTap) {
      int tap = 0;
      for (; window.width() - tap >= 3; tap += 3) {
        int at = firstTap + tap;
        Rows.addProducts(
            sum,
            value(photo, inY, inX + tap),
            value(photo, inY, inX + tap + 1),
            value(photo, inY, inX + tap + 2),
            taps[at],
            taps[at + 1],
            taps[at + 2]);
      }
      if (window.width() - tap == 2) {
        int at = firstTap + tap;
        Rows.addProducts(
            sum,
            value(photo, inY, inX + tap),
            value(photo, inY, inX + tap + 1),
            taps[at],
            taps[at + 1]);
      } else if (window.width() - tap == 1) {
        Rows.addProduct(sum, value(photo, inY, inX + tap), taps[firstTap + tap]);
      }
    }

    private float[] value(int photo, int y, int x) {
      return input.shape().isInside(y, x)
          ? input.values()[input.shape().place(photo, y, x)]
          : zeros;
    }

    @Override
    public List<float[]> backward(int photos, boolean wantsInputs) {
      Arrays.fill(biasGradient, 0);
      for (float[] tap : tapGradients) {
        Arrays.fill(tap, 0);
      }
      for (int i = 0; i < photos * output.shape().places(); i++) {
        layer.activation.backward(output.gradients()[i], output.values()[i]);
        Rows.add(biasGradient, output.gradients()[i]);
      }
      if (wantsInputs) {
        input.startGradient(photos);
      }
      for (int photo = 0; photo < photos; photo++) {
        for (int y = 0; y < output.shape().height(); y++) {
          for (int row = 0; row < window.height(); row++) {
            int inY = y * window.strideY() - window.top() + row;
            if (inY >= 0 && inY < input.shape().height()) {
              addWeightGradients(photo, y, inY, row);
              if (wantsInputs) {
                addInputGradients(photo, y, inY, row);
              }
            }
          }
        }
      }
      for (int tap = 0; tap < taps.length; tap++) {
        System.arraycopy(tapGradients[tap], 0, weightGradient, tap * zeros.length, zeros.length);
      }
      return List.of(weightGradient, biasGradient);
    }

    /** What one row of the output means for one row of the filter, three places at a time. */
    private void addWeightGradients(int photo, int y, int inY, int row) {
      float[][] gradients = output.gradients();
      for (int column = 0; column < window.width(); column++) {
        float[] sum = tapGradients[row * window.width() + column];
        int from = column - window.left();
        int x = 0;
        for (; x + 3 <= output.shape().width(); x += 3) {
          int at = output.shape().place(photo, y, x);
          int inX = x * window.strideX() + from;
          Rows.addProducts(
              sum,
              value(photo, inY, inX),
              value(photo, inY, inX + window.strideX()),
              value(photo, inY, inX + 2 * window.strideX()),
              gradients[at],
              gradients[at + 1],
              gradients[at + 2]);
        }
        for (; x < output.shape().width(); x++) {
          Rows.addProduct(
              sum,
              value(photo, inY, x * window.strideX() + from),
              gradients[output.shape().place(photo, y, x)]);
        }
      }
    }

    private void addInputGradients(int photo, int y, int inY, int row) {
      for (int x = 0; x < output.shape().width(); x++) {
        float[] gradient = output.gradients()[output.shape().place(photo, y, x)];
        for (int column = 0; column < window.width(); column++) {
          int inX = x * window.strideX() - window.left() + column;
          float[] sum =
              input.shape().isInside(inY, inX)
                  ? input.gradients()[input.shape().place(photo, inY, inX)]
                  : outside;
          Rows.addProduct(sum, gradient, taps[row * window.width() + column]);
        }
      }
    }
  }
}
