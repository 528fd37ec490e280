package org.pupil.finetuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pupil.engine.MatrixProducts;

/**
 * The upper layers at work in one thread, on a few photos at a time: forward from the maps at the
 * cut to bottlenecks, and backward from the gradient of the loss with respect to these.
 */
final class UpperLayersPass {
  private final UpperLayers network;
  private final Maps cut;
  private final List<Maps> maps = new ArrayList<>();
  private final List<LayerPass> passes = new ArrayList<>();

  /**
   * @param photos the most photos at a time
   */
  UpperLayersPass(UpperLayers network, int photos, MatrixProducts products) {
    this.network = network;
    this.cut = new Maps(network.input(), photos);
    List<MapShape> shapes = network.shapes();
    for (int i = 0; i < shapes.size(); i++) {
      Layer layer = network.layers().get(i);
      Maps output = new Maps(shapes.get(i), photos);
      List<Maps> inputs = layer.inputs().stream().map(this::maps).toList();
      maps.add(output);
      passes.add(layer.pass(inputs, output, products));
    }
  }

  private Maps maps(int layer) {
    return layer == UpperLayers.CUT ? cut : maps.get(layer);
  }

  /** Where the maps at the cut go before {@link #forward}: a row of channels for each place. */
  float[][] cut() {
    return cut.values();
  }

  /**
   * Computes bottlenecks.
   *
   * @param bottlenecks receives one for each photo
   */
  void forward(int photos, float[][] bottlenecks) {
    for (int i = 0; i < passes.size(); i++) {
      maps.get(i).forgetGradient();
      passes.get(i).forward(photos);
    }
    Maps last = maps.get(maps.size() - 1);
    int places = last.shape().places();
    for (int photo = 0; photo < photos; photo++) {
      float[] mean = bottlenecks[photo];
      Arrays.fill(mean, 0);
      for (int place = 0; place < places; place++) {
        Rows.add(mean, last.values()[photo * places + place]);
      }
      for (int j = 0; j < mean.length; j++) {
        mean[j] /= places;
      }
    }
  }

  /**
   * Computes the gradients of all parameters for the photos of the last {@link #forward}.
   *
   * @param gradients of the loss with respect to each bottleneck
   * @param sums one array for each of {@link UpperLayers#parameters}, to which the gradients are
   *     added
   */
  void backward(int photos, float[][] gradients, List<float[]> sums) {
    Maps last = maps.get(maps.size() - 1);
    last.startGradient(photos);
    int places = last.shape().places();
    for (int place = 0; place < photos * places; place++) {
      Rows.addMultiple(last.gradients()[place], gradients[place / places], 1f / places);
    }
    int parameter = sums.size();
    for (int i = passes.size() - 1; i >= 0; i--) {
      boolean wantsInputs = network.layers().get(i).inputs().stream().anyMatch(at -> at >= 0);
      List<float[]> given = passes.get(i).backward(photos, wantsInputs);
      parameter -= given.size();
      for (int j = 0; j < given.size(); j++) {
        Rows.add(sums.get(parameter + j), given.get(j));
      }
    }
  }
}
