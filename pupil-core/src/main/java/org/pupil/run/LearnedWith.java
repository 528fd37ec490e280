package org.pupil.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.pupil.backbone.BackboneRequest.ByArchitecture;
import org.pupil.training.TrainingSettings;

/** The hyperparameters of a training run: those of its settings by which its result may differ. */
final class LearnedWith {
  /** Flags that change nothing that is learned: where things lie, and what is told. */
  private static final Set<String> CHANGES_NOTHING =
      Set.of(
          "board",
          "bottleneck_dir",
          "cache_size",
          "checkpoint_path",
          "download_mirror",
          "eval_step_interval",
          "final_tensor_name",
          "intermediate_output_graphs_dir",
          "intermediate_store_frequency",
          "logging_verbosity",
          "model_dir",
          "output_graph",
          "output_labels",
          "print_misclassified_test_images",
          "resume",
          "run_name",
          "saved_model_dir",
          "strict",
          "summaries_dir",
          "threads");

  private LearnedWith() {}

  /**
   * By the flags' names: first what one tries out most, also where it is the default, then the
   * other flags as they were typed.
   */
  static Map<String, Object> of(RunSettings settings) {
    TrainingSettings training = settings.training();
    Map<String, Object> hparams = new LinkedHashMap<>();
    if (training.optimizer().isStepwise()) {
      hparams.put("learning_rate", training.learningRate());
      hparams.put("how_many_training_steps", training.howManyTrainingSteps());
      hparams.put("train_batch_size", training.trainBatchSize());
    }
    hparams.put("optimizer", training.optimizer().flagValue());
    if (settings.backbone().source() instanceof ByArchitecture architecture) {
      hparams.put("architecture", architecture.name());
    }
    hparams.put("seed", training.seed());
    settings
        .options()
        .forEach(
            (name, value) -> {
              if (!CHANGES_NOTHING.contains(name)) {
                hparams.putIfAbsent(name, value);
              }
            });
    return hparams;
  }
}
