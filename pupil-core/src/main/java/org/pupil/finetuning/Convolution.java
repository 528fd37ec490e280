package org.pupil.finetuning;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.pupil.engine.MatrixProducts;
import org.pupil.engine.MatrixProducts.Matrix;

/**
 * A convolution over all channels: what the window shows, a row of height x width x c numbers,
 * times a matrix, plus k biases. Most have a window of one place.
 *
 * @param input the layer whose maps it takes
 * @param weights [height, width, c, k] row-major
 * @param biases [k]
 */
record Convolution(
    int input, Window window, Parameter weights, Parameter biases, Activation activation)
    implements Layer {
  @Override
  public List<Integer> inputs() {
    return List.of(input);
  }

  @Override
  public Layer with(Activation end) {
    return new Convolution(input, window, weights, biases, end);
  }

  @Override
  public Layer renumbered(IntUnaryOperator newNumber) {
    return new Convolution(newNumber.applyAsInt(input), window, weights, biases, activation);
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
    return new Pass(this, inputs.get(0), output, products);
  }

  private static final class Pass implements LayerPass {
    private final Convolution layer;
    private final Maps output;
    private final MatrixProducts products;
    private final WindowRows shown;
    private final int filters;
    private final FloatBuffer in;
    private final FloatBuffer out;
    private final FloatBuffer product;
    private final float[] weightGradient;
    private final float[] biasGradient;

    Pass(Convolution layer, Maps input, Maps output, MatrixProducts products) {
      this.layer = layer;
      this.output = output;
      this.products = products;
      this.shown = new WindowRows(layer.window, input, output.shape());
      this.filters = layer.biases.size();
      int places = output.values().length;
      this.in = Parameter.direct(places * shown.length());
      this.out = Parameter.direct(places * filters);
      this.product = Parameter.direct(shown.length() * filters);
      this.weightGradient = new float[shown.length() * filters];
      this.biasGradient = new float[filters];
    }

    private Matrix shown(int photos) {
      return new Matrix(in, photos * output.shape().places(), shown.length());
    }

    private Matrix weights() {
      return new Matrix(layer.weights.outsideOfHeap(), shown.length(), filters);
    }

    private Matrix given(int photos) {
      return new Matrix(out, photos * output.shape().places(), filters);
    }

    @Override
    public void forward(int photos) {
      shown.copyTo(in, photos);
      products.multiply(shown(photos), weights(), given(photos));
      for (int i = 0; i < photos * output.shape().places(); i++) {
        float[] row = output.values()[i];
        out.get(i * filters, row);
        Rows.add(row, layer.biases.values());
        layer.activation.forward(row);
      }
    }

    @Override
    public List<float[]> backward(int photos, boolean wantsInputs) {
      Arrays.fill(biasGradient, 0);
      for (int i = 0; i < photos * output.shape().places(); i++) {
        float[] row = output.gradients()[i];
        layer.activation.backward(row, output.values()[i]);
        Rows.add(biasGradient, row);
        out.put(i * filters, row);
      }
      products.multiplyLeftTransposed(
          shown(photos), given(photos), new Matrix(product, shown.length(), filters));
      product.get(0, weightGradient);
      if (wantsInputs) {
        // What came in is not needed any more: its gradient takes its place.
        products.multiplyRightTransposed(given(photos), weights(), shown(photos));
        shown.addToGradients(in, photos);
      }
      return List.of(weightGradient, biasGradient);
    }
  }
}
