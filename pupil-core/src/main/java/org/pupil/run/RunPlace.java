package org.pupil.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.evaluation.Evaluation;
import org.pupil.files.FileTrouble;
import org.pupil.files.FolderTree;
import org.pupil.files.NewFolder;
import org.pupil.model.Model;
import org.pupil.network.NetworkFormat;
import org.pupil.training.TrainingResult;

/**
 * Where one run leaves what it makes: its own folder, if a flag does not place everything. The
 * model of a run that finishes is kept twice, in its folder and as the newest one in the folder
 * above all runs. Not as two links to one file: who copies an older model over the newest would
 * write over the run's own.
 */
final class RunPlace implements AutoCloseable {
  private final OutputRequest request;
  private final Optional<RunFolder> run;
  private final Optional<NewFolder> made;
  private final Outputs outputs;
  private boolean hasBegun;
  private boolean isNewest;

  private RunPlace(OutputRequest request, Optional<RunFolder> run, Optional<NewFolder> made) {
    this.request = request;
    this.run = run;
    this.made = made;
    this.outputs = request.in(run.map(RunFolder::path).orElse(request.folder()));
  }

  /**
   * Makes the run's folder, if it needs one. It is taken away again by {@link #close} unless work
   * has {@link #begin begun}.
   *
   * @throws PupilException (unavailable) if it cannot be made
   */
  static RunPlace take(OutputRequest request, boolean intermediateGraphs, RunListener listener) {
    if (!request.needsRunFolder(intermediateGraphs)) {
      return new RunPlace(request, Optional.empty(), Optional.empty());
    }
    NewFolder made = NewFolder.toBe(request.runs());
    RunFolder run = RunFolder.make(request.runs(), request.runName());
    request
        .runName()
        .filter(name -> !name.equals(run.name()))
        .ifPresent(taken -> listener.runNameTaken(taken, run));
    return new RunPlace(request, Optional.of(run), Optional.of(made));
  }

  /**
   * Checks, before long work, that everything can be written in the end.
   *
   * @throws PupilException as {@link Outputs#check}
   */
  void check(boolean intermediateGraphs, Path bottleneckDir) {
    if (run.isEmpty()) {
      return; // it was done before there were photos
    }
    outputs.check(intermediateGraphs, bottleneckDir);
    if (becomesNewest()) {
      newest().check(intermediateGraphs, bottleneckDir);
    }
  }

  /** From now on something is there that is worth keeping. */
  void begin() {
    hasBegun = true;
  }

  boolean hasBegun() {
    return hasBegun;
  }

  /** Where the model will be that a person takes: that of the newest run, if it becomes that. */
  Path model() {
    return becomesNewest() ? newest().graph() : outputs.graph();
  }

  Optional<RunFolder> run() {
    return run;
  }

  Outputs outputs() {
    return outputs;
  }

  private boolean becomesNewest() {
    return request.graph().isEmpty();
  }

  /** The same with the model where that of the newest run is. */
  private Outputs newest() {
    return outputs.withModelIn(request.folder());
  }

  /**
   * Writes the model and its scores. A model that diverged does not take the place of the newest.
   *
   * @throws PupilException (unavailable) if they cannot be written
   */
  void keep(Model model, TrainingResult result, Evaluation evaluation, QuickAssessment assessment) {
    write(outputs, model, result, evaluation, assessment);
    outputs.savedModelDir().ifPresent(model::writeSavedModel);
    if (result.divergence().isPresent()) {
      return;
    }
    if (becomesNewest()) {
      write(newest(), model, result, evaluation, assessment);
      removeOlder();
      isNewest = true;
    }
    run.ifPresent(RunFolder::markNewest);
  }

  /**
   * Takes the graph of an older run away that would otherwise stand beside this one's, as if it
   * were the same model. An ONNX file stays: somebody may have exported it there.
   */
  private void removeOlder() {
    Path graph = outputs.withFormat(NetworkFormat.TENSORFLOW).withModelIn(request.folder()).graph();
    if (outputs.format() == NetworkFormat.TENSORFLOW) {
      return;
    }
    try {
      Files.deleteIfExists(graph);
    } catch (IOException e) {
      throw PupilException.unavailable(
          "cannot remove " + graph + ", which is of an older run: " + FileTrouble.reason(e), e);
    }
  }

  private static void write(
      Outputs outputs,
      Model model,
      TrainingResult result,
      Evaluation evaluation,
      QuickAssessment assessment) {
    model.writeGraph(outputs.graph());
    model.writeLabels(outputs.labels());
    EvaluationFile.write(outputs.evaluation(), evaluation, result, assessment);
  }

  /** Where a person finds what was written. */
  Outputs told() {
    return isNewest ? newest() : outputs;
  }

  /** Leaves nothing behind of a run that has not begun. */
  @Override
  public void close() {
    if (hasBegun || run.isEmpty()) {
      return;
    }
    try {
      FolderTree.delete(run.get().path());
      if (made.isPresent()) {
        made.get().removeIfEmpty();
      }
    } catch (IOException e) {
      return; // why the run cannot begin is what a person wants to know
    }
  }
}
