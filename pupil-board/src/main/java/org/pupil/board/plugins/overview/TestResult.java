package org.pupil.board.plugins.overview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.board.log.EventRecord;
import org.pupil.board.plugins.images.BlobKey;
import org.pupil.board.plugins.images.Images;
import org.pupil.log.proto.training.CrossValidation;
import org.pupil.log.proto.training.LabelScore;
import org.pupil.log.proto.training.Mistake;
import org.pupil.log.proto.training.TrainingOutcome;
import org.pupil.log.record.TrainingTags;

/** How a session did on the test photos, as its log says. */
final class TestResult {
  private static final int MOST_LABELS = 200;
  private static final int MOST_MISTAKES = 64;

  private final TrainingOutcome outcome;
  private final String session;
  private final Optional<SessionRecord> own;

  /**
   * @param outcome what the log says of the evaluation
   * @param session the session's name
   * @param own what the session wrote of itself: the images of its mistakes are there
   */
  TestResult(TrainingOutcome outcome, String session, Optional<SessionRecord> own) {
    this.outcome = outcome;
    this.session = session;
    this.own = own;
  }

  /** The fields of the overview's answer that are of the test. */
  Map<String, Object> answer() {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (Double.isFinite(outcome.getAccuracy())) {
      Map<String, Object> test = new LinkedHashMap<>();
      test.put("photos", outcome.getPhotos());
      test.put("accuracy", outcome.getAccuracy());
      test.put("low", finite(outcome.getAccuracyInterval().getLow()));
      test.put("high", finite(outcome.getAccuracyInterval().getHigh()));
      test.put("crossEntropy", finite(outcome.getCrossEntropy()));
      if (outcome.hasCrossValidation()) {
        test.put("crossValidation", crossValidation(outcome.getCrossValidation()));
      }
      answer.put("test", test);
    }
    List<Map<String, Object>> labels = labels();
    answer.put("labels", labels);
    confusion(labels.size()).ifPresent(confusion -> answer.put("confusion", confusion));
    answer.put("mistakes", mistakes());
    return answer;
  }

  private static double finite(double number) {
    return Double.isFinite(number) ? number : 0;
  }

  /** How it did on training photos, each held out once. */
  private static Map<String, Object> crossValidation(CrossValidation record) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("folds", record.getFolds());
    answer.put("photos", record.getPhotos());
    answer.put("right", record.getRight());
    answer.put("accuracy", finite(record.getAccuracy()));
    answer.put("low", finite(record.getAccuracyInterval().getLow()));
    answer.put("high", finite(record.getAccuracyInterval().getHigh()));
    return answer;
  }

  private List<Map<String, Object>> labels() {
    List<Map<String, Object>> labels = new ArrayList<>();
    for (LabelScore score : outcome.getLabelsList()) {
      Map<String, Object> label = new LinkedHashMap<>();
      label.put("label", score.getLabel());
      label.put("photos", score.getPhotos());
      label.put("precision", Double.isFinite(score.getPrecision()) ? score.getPrecision() : null);
      label.put("recall", Double.isFinite(score.getRecall()) ? score.getRecall() : null);
      labels.add(label);
    }
    return labels;
  }

  private Optional<int[][]> confusion(int labels) {
    if (labels == 0 || labels > MOST_LABELS || outcome.getConfusionCount() != labels) {
      return Optional.empty();
    }
    int[][] counts = new int[labels][];
    for (int truth = 0; truth < labels; truth++) {
      counts[truth] =
          outcome.getConfusion(truth).getCountsList().stream()
              .mapToInt(count -> Math.max(0, count))
              .toArray();
      if (counts[truth].length != labels) {
        return Optional.empty();
      }
    }
    return Optional.of(counts);
  }

  private List<Map<String, Object>> mistakes() {
    Optional<EventRecord> images =
        own.flatMap(record -> record.last("images", TrainingTags.MISTAKES));
    List<Map<String, Object>> mistakes = new ArrayList<>();
    for (Mistake one : outcome.getMistakesList()) {
      if (mistakes.size() == MOST_MISTAKES) {
        break;
      }
      Map<String, Object> mistake = new LinkedHashMap<>();
      mistake.put("photo", one.getPhoto());
      mistake.put("label", one.getLabel());
      mistake.put("predicted", one.getPredicted());
      mistake.put("probability", Float.isFinite(one.getProbability()) ? one.getProbability() : 0f);
      if (images.isPresent() && one.hasImage() && one.getImage() >= 0) {
        int index = Images.FIRST + Math.min(MOST_MISTAKES, one.getImage());
        BlobKey key = new BlobKey(session, TrainingTags.MISTAKES, images.get().step(), index);
        mistake.put("blob_key", key.encode());
      }
      mistakes.add(mistake);
    }
    return mistakes;
  }
}
