package org.pupil.run;

import java.nio.file.Path;
import org.pupil.training.FinalLayer;
import org.pupil.training.TrainingListener;

/**
 * Writes the model of an unfinished teaching every so many steps, under the original's names: the
 * folder as typed, then {@code intermediate_STEP.pb} with nothing in between.
 */
final class IntermediateGraphs implements TrainingListener {
  /** Writes the model of a layer that was taught up to a step. */
  @FunctionalInterface
  interface Writer {
    void write(int step, FinalLayer layer, Path file);
  }

  private final String folderAsTyped;
  private final Writer writer;
  private final RunListener listener;

  IntermediateGraphs(String folderAsTyped, Writer writer, RunListener listener) {
    this.folderAsTyped = folderAsTyped;
    this.writer = writer;
    this.listener = listener;
  }

  @Override
  public void onSnapshot(int step, FinalLayer layer) {
    String path = folderAsTyped + "intermediate_" + step + ".pb";
    listener.intermediateGraph(path);
    writer.write(step, layer, Path.of(path));
  }
}
