package org.pupil.run;

import java.nio.file.Path;
import org.pupil.training.FinalLayer;
import org.pupil.training.TrainingListener;

/** Writes the model of an unfinished training run every so many steps. */
final class IntermediateGraphs implements TrainingListener {
  /** Writes the model of a layer that was trained up to a step. */
  @FunctionalInterface
  interface Writer {
    void write(int step, FinalLayer layer, Path file);
  }

  private final Outputs outputs;
  private final Writer writer;
  private final RunListener listener;

  IntermediateGraphs(Outputs outputs, Writer writer, RunListener listener) {
    this.outputs = outputs;
    this.writer = writer;
    this.listener = listener;
  }

  @Override
  public void onSnapshot(int step, FinalLayer layer) {
    Path file = outputs.intermediateGraph(step);
    listener.intermediateGraph(file);
    writer.write(step, layer, file);
  }
}
