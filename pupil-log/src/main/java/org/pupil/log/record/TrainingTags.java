package org.pupil.log.record;

/**
 * The tags and runs of a training run's log. A training run has three runs: the folder itself and
 * {@link #TRAIN} and {@link #VALIDATION} below it.
 */
public final class TrainingTags {
  /** The run of the training batches, a point a step. */
  public static final String TRAIN = "train";

  /** The run of the validation photos, a point every so many steps. */
  public static final String VALIDATION = "validation";

  /** Accuracy, in both runs: the part that is right, 0 to 1. */
  public static final String ACCURACY = "accuracy_1";

  /** Cross entropy, in both runs, in nats. */
  public static final String CROSS_ENTROPY = "cross_entropy_1";

  /**
   * The loss of fine-tuning in nats, a point an epoch: in {@link #TRAIN} of the photos that are
   * trained on, in {@link #VALIDATION} of those that are held back.
   */
  public static final String FINE_TUNING_LOSS = "fine_tuning/loss";

  /** The part of the held-back photos that is right after an epoch, in {@link #VALIDATION}. */
  public static final String FINE_TUNING_ACCURACY = "fine_tuning/accuracy";

  // In the folder itself.

  /** Text: the settings as a table. */
  public static final String SETTINGS = "pupil/config";

  /** Text and record: what is known when training begins. */
  public static final String SETUP = "pupil/teaching";

  /** Text and record: what it came to. */
  public static final String OUTCOME = "pupil/evaluation";

  /** Text: the outcome in short. */
  public static final String SUMMARY = "pupil/summary";

  /** Image: how often each label was taken for each. */
  public static final String CONFUSION = "pupil/confusion_matrix";

  /** Image: what the distortions do to a few training photos. */
  public static final String DISTORTIONS = "pupil/distortions";

  /** Images: the mistakes of which it was surest. */
  public static final String MISTAKES = "pupil/misclassified";

  /** Scalar: the part of the test photos that is right, 0 to 1. */
  public static final String TEST_ACCURACY = "pupil/test_accuracy";

  /** Scalar: the cross entropy on the test photos, in nats. */
  public static final String TEST_CROSS_ENTROPY = "pupil/test_cross_entropy";

  private TrainingTags() {}

  /** Precision-recall curve: one label against all others, on the test photos. */
  public static String prCurve(String label) {
    return label + "/pr_curves";
  }
}
