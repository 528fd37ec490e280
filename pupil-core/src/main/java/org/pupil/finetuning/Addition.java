package org.pupil.finetuning;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.pupil.engine.MatrixProducts;

/** The sum of two maps of one shape, as at the end of a residual block. */
record Addition(int first, int second, Activation activation) implements Layer {
  @Override
  public List<Integer> inputs() {
    return List.of(first, second);
  }

  @Override
  public Layer with(Activation end) {
    return new Addition(first, second, end);
  }

  @Override
  public Layer renumbered(IntUnaryOperator newNumber) {
    return new Addition(newNumber.applyAsInt(first), newNumber.applyAsInt(second), activation);
  }

  @Override
  public MapShape output(List<MapShape> inputs) {
    if (!inputs.get(0).equals(inputs.get(1))) {
      throw new IllegalArgumentException("maps of two shapes cannot be added: " + inputs);
    }
    return inputs.get(0);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public LayerPass pass(List<Maps> inputs, Maps output, MatrixProducts products) {
    return new Pass(activation, inputs.get(0), inputs.get(1), output);
  }

  private record Pass(Activation activation, Maps first, Maps second, Maps output)
      implements LayerPass {
    @Override
    public void forward(int photos) {
      for (int i = 0; i < photos * output.shape().places(); i++) {
        Rows.sum(output.values()[i], first.values()[i], second.values()[i]);
        activation.forward(output.values()[i]);
      }
    }

    @Override
    public List<float[]> backward(int photos, boolean wantsInputs) {
      first.startGradient(photos);
      second.startGradient(photos);
      for (int i = 0; i < photos * output.shape().places(); i++) {
        float[] gradient = output.gradients()[i];
        activation.backward(gradient, output.values()[i]);
        Rows.add(first.gradients()[i], gradient);
        Rows.add(second.gradients()[i], gradient);
      }
      return List.of();
    }
  }
}
