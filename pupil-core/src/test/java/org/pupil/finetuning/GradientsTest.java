package org.pupil.finetuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pupil.engine.MatrixProducts;

/** Gradients of every kind of layer, against differences of the loss. */
class GradientsTest {
  private static final int PHOTOS = 3;

  private final Random random = new Random(7);

  private Parameter parameter(String name, int size, double scale) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return new Parameter(name, values);
  }

  private Convolution pointwise(int input, int in, int out, Activation activation) {
    return new Convolution(
        input,
        Window.OF_ONE_PLACE,
        parameter("w", in * out, 0.8),
        parameter("b", out, 1),
        activation);
  }

  private DepthwiseConvolution depthwise(
      int input, int kernel, int stride, int before, int after, int channels) {
    return new DepthwiseConvolution(
        input,
        new Window(kernel, kernel, stride, stride, before, before, after, after),
        parameter("w", kernel * kernel * channels, 0.8),
        parameter("b", channels, 1),
        Activation.RELU6);
  }

  private static UpperLayers network(MapShape cut, List<Layer> layers) {
    return new UpperLayers(cut, layers, Collections.nCopies(layers.size(), "layer"));
  }

  @Test
  void aPointwiseConvolution() {
    check(network(new MapShape(3, 2, 5), List.of(pointwise(-1, 5, 4, Activation.NONE))));
    check(network(new MapShape(3, 2, 5), List.of(pointwise(-1, 5, 4, Activation.RELU))));
  }

  @Test
  void depthwiseConvolutionsOfAllSizes() {
    check(network(new MapShape(6, 6, 7), List.of(depthwise(-1, 3, 1, 1, 1, 7))));
    check(network(new MapShape(6, 6, 7), List.of(depthwise(-1, 3, 2, 0, 1, 7))));
    check(network(new MapShape(7, 7, 7), List.of(depthwise(-1, 5, 2, 2, 2, 7))));
    check(network(new MapShape(4, 4, 3), List.of(depthwise(-1, 5, 1, 2, 2, 3))));
  }

  @Test
  void aConvolutionOverSeveralPlaces() {
    Convolution first =
        new Convolution(
            -1,
            new Window(3, 2, 2, 1, 0, 1, 1, 0),
            parameter("w", 3 * 2 * 3 * 4, 0.8),
            parameter("b", 4, 1),
            Activation.RELU6);
    Convolution second =
        new Convolution(
            0,
            new Window(3, 3, 1, 2, 1, 1, 1, 1),
            parameter("w", 3 * 3 * 4 * 5, 0.8),
            parameter("b", 5, 1),
            Activation.NONE);
    check(network(new MapShape(7, 6, 3), List.of(first, second)));
  }

  @Test
  void aResidualBlock() {
    check(
        network(
            new MapShape(5, 5, 4),
            List.of(
                pointwise(-1, 4, 6, Activation.NONE),
                pointwise(0, 6, 12, Activation.RELU6),
                depthwise(1, 5, 1, 2, 2, 12),
                pointwise(2, 12, 6, Activation.NONE),
                new Addition(3, 0, Activation.NONE),
                depthwise(4, 3, 2, 1, 1, 6),
                pointwise(5, 6, 5, Activation.RELU6))));
  }

  /** The loss is a random weighted sum of the bottlenecks, which shows every gradient. */
  private void check(UpperLayers network) {
    try (MatrixProducts products = MatrixProducts.open()) {
      UpperLayersPass pass = new UpperLayersPass(network, PHOTOS, products);
      for (float[] row : pass.cut()) {
        for (int j = 0; j < row.length; j++) {
          row[j] = (float) random.nextGaussian();
        }
      }
      float[][] weights = new float[PHOTOS][network.dimension()];
      for (float[] row : weights) {
        for (int j = 0; j < row.length; j++) {
          row[j] = (float) random.nextGaussian();
        }
      }
      loss(pass, network, weights);
      List<float[]> gradients = new ArrayList<>();
      network.parameters().forEach(parameter -> gradients.add(new float[parameter.size()]));
      pass.backward(PHOTOS, weights, gradients);
      for (int p = 0; p < gradients.size(); p++) {
        Parameter parameter = network.parameters().get(p);
        for (int i = 0; i < parameter.size(); i++) {
          assertThat((double) gradients.get(p)[i])
              .as("parameter %d, number %d of %s", p, i, network.layers())
              .isCloseTo(
                  difference(pass, network, weights, parameter, i),
                  org.assertj.core.data.Offset.offset(0.02));
        }
      }
    }
  }

  private static double difference(
      UpperLayersPass pass, UpperLayers network, float[][] weights, Parameter parameter, int i) {
    float step = 1e-3f;
    float before = parameter.values()[i];
    parameter.values()[i] = before + step;
    parameter.publish();
    double above = loss(pass, network, weights);
    parameter.values()[i] = before - step;
    parameter.publish();
    double below = loss(pass, network, weights);
    parameter.values()[i] = before;
    parameter.publish();
    return (above - below) / (2 * step);
  }

  private static double loss(UpperLayersPass pass, UpperLayers network, float[][] weights) {
    float[][] bottlenecks = new float[PHOTOS][network.dimension()];
    pass.forward(PHOTOS, bottlenecks);
    double loss = 0;
    for (int photo = 0; photo < PHOTOS; photo++) {
      for (int j = 0; j < bottlenecks[photo].length; j++) {
        loss += bottlenecks[photo][j] * (double) weights[photo][j];
      }
    }
    return loss;
  }
}
