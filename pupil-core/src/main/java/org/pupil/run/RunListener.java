package org.pupil.run;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.bottleneck.VariantListener;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.Problem;
import org.pupil.dataset.Split;
import org.pupil.errors.Setting;
import org.pupil.finetuning.FineTuningListener;
import org.pupil.similarity.NearDuplicates;
import org.pupil.training.TrainingListener.StepEvaluation;

/** Hears what happens in a training run, stop by stop, to tell a person. */
public interface RunListener {
  /** What the person calls a setting, for what is kept of a message: a flag, or as programs do. */
  default String nameOf(Setting setting) {
    return setting.toString();
  }

  /** Hears nothing. */
  RunListener NONE = new RunListener() {};

  /** The photos were found. */
  default void found(Dataset photos) {}

  /** Something that a person should know, although the work goes on. */
  default void problem(Problem problem) {}

  /**
   * Event files of an earlier training run are still there beside the new ones.
   *
   * @param file the file, or the folder that is a link
   * @param reason why it was left, such as {@code is being written}
   */
  default void oldEventFileLeft(Path file, String reason) {}

  /**
   * The bottlenecks cannot be shown in TensorBoard's projector.
   *
   * @param file what stands where its files should be
   * @param reason why it was left, such as {@code was not written by Pupil}
   */
  default void projectorLeftOut(Path file, String reason) {}

  /**
   * There is a run of the name that was wanted, so this one is called otherwise.
   *
   * @param wanted the name
   * @param run this run's folder
   */
  default void runNameTaken(String wanted, RunFolder run) {}

  /**
   * Something cannot be written to the logs, and the training run goes on. Told once: {@link
   * RunResult#missingLogs} says in the end what is missing. May come from any thread.
   *
   * @param reason one line
   */
  default void logFailed(String reason) {}

  /**
   * The photos were divided. Comes again where some turned out to be no images, or nearly the same
   * as others.
   */
  default void split(Split split) {}

  /** Some photos are nearly the same, and stay together in the split or in the folds. */
  default void keptTogether(NearDuplicates nearDuplicates) {}

  /** The backbone is there. */
  default void backbone(Backbone backbone) {}

  /** A backbone may have to be downloaded; the answer hears how it goes. */
  default DownloadListener downloads() {
    return DownloadListener.silent();
  }

  /** Bottlenecks must be computed; the answer hears how it goes. */
  default BottleneckComputer.Listener bottlenecks() {
    return new BottleneckComputer.Listener() {
      @Override
      public void started(int photos, int cached) {}

      @Override
      public void advanced(int done) {}

      @Override
      public void finished() {}
    };
  }

  /** All bottlenecks are there, but those of photos that were left out. */
  default void bottlenecksReady(PhotoBottlenecks bottlenecks) {}

  /** Bottlenecks of distorted variants must be computed; the answer hears how it goes. */
  default VariantListener variants() {
    return VariantListener.NONE;
  }

  /**
   * The training of the final layer begins.
   *
   * @param steps how many there will be, where that is known
   */
  default void training(OptionalLong steps) {}

  /**
   * The final layer is being worked on. Comes many times a second, before the first step too, and
   * from any thread; what is thrown here ends the training run.
   */
  default void working() {}

  /** A step of the training run begins; they are counted from 0. */
  default void step(int step) {}

  /** The training run was looked at after a step. */
  default void evaluated(StepEvaluation evaluation) {}

  /**
   * Asked many times a second, by any thread, while a search goes on before the first step.
   *
   * @return whether it ends with what it has found so far
   */
  default boolean endsSearch() {
    return false;
  }

  /** All is known and nothing is written yet: what is thrown here keeps the model from being. */
  default void saving() {}

  /**
   * Asked after each step, from 0, that goes by batches.
   *
   * @return whether the steps end here, and the layer stays as it is now
   */
  default boolean endsAfter(int step) {
    return false;
  }

  /** The training run is over, or was given up: there are no steps any more. */
  default void trainingEnded() {}

  /** Layers of the backbone are trained too; the answer hears how it goes. */
  default FineTuningListener fineTuning() {
    return FineTuningListener.NONE;
  }

  /** A graph of the unfinished training run was written. */
  default void intermediateGraph(Path file) {}
}
