package org.pupil.log.record;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import java.util.function.Predicate;
import org.pupil.log.SummaryValues;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.training.TrainingOutcome;
import org.pupil.log.proto.training.TrainingRecord;
import org.pupil.log.proto.training.TrainingSetup;

/**
 * Writes and reads the records of a training run. Each is one text value: people read its Markdown,
 * programs the message in its plugin data. Logs of Pupil 0.1.0, in which the text itself was JSON,
 * are read too.
 */
public final class TrainingRecords {
  private TrainingRecords() {}

  /**
   * Adds what is known when training begins, under {@link TrainingTags#SETUP}.
   *
   * @param setup with as many numbers of photos of each set as there are labels
   */
  public static void add(SummaryValues values, TrainingSetup setup) {
    int labels = setup.getLabelsCount();
    if (setup.getTrainingPhotosCount() != labels
        || setup.getValidationPhotosCount() != labels
        || setup.getTestingPhotosCount() != labels) {
      throw new IllegalArgumentException("each set needs a number of photos of each label");
    }
    values.text(
        TrainingTags.SETUP,
        TrainingTexts.of(setup),
        TrainingRecord.newBuilder().setSetup(setup).build());
  }

  /** Adds what it came to, under {@link TrainingTags#OUTCOME}. */
  public static void add(SummaryValues values, TrainingOutcome outcome) {
    values.text(
        TrainingTags.OUTCOME,
        TrainingTexts.of(outcome),
        TrainingRecord.newBuilder().setOutcome(outcome).build());
  }

  /** Reads a value of {@link TrainingTags#SETUP}; empty if it is something else. */
  public static Optional<TrainingSetup> setup(Summary.Value value) {
    return record(value)
        .filter(TrainingRecord::hasSetup)
        .map(TrainingRecord::getSetup)
        .or(() -> FencedJson.of(value).map(FencedJson::setup));
  }

  /** Reads a value of {@link TrainingTags#OUTCOME}; empty if it is something else. */
  public static Optional<TrainingOutcome> outcome(Summary.Value value) {
    return record(value)
        .filter(TrainingRecord::hasOutcome)
        .map(TrainingRecord::getOutcome)
        .or(() -> FencedJson.of(value).map(FencedJson::outcome));
  }

  private static Optional<TrainingRecord> record(Summary.Value value) {
    return Optional.of(value.getMetadata().getPluginData().getContent())
        .filter(Predicate.not(content -> content.isEmpty()))
        .flatMap(
            content -> {
              try {
                return Optional.of(TrainingRecord.parseFrom(content));
              } catch (InvalidProtocolBufferException e) {
                return Optional.empty(); // another program's
              }
            });
  }
}
