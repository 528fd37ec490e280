package org.pupil.board.plugins.overview;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.board.log.EventRecord;
import org.pupil.board.plugins.images.BlobKey;
import org.pupil.board.plugins.images.Images;

/** How a session did on the test photos: what its log says, which may be of another form. */
final class TestResult {
  private static final int MOST_LABELS = 200;
  private static final int MOST_MISTAKES = 64;

  private final JsonNode json;
  private final String session;
  private final Optional<SessionRecord> own;

  /**
   * @param json what the log says of the evaluation
   * @param session the session's name
   * @param own what the session wrote of itself: the images of its mistakes are there
   */
  TestResult(JsonNode json, String session, Optional<SessionRecord> own) {
    this.json = json;
    this.session = session;
    this.own = own;
  }

  /** The fields of the overview's answer that are of the test. */
  Map<String, Object> answer() {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (json.path("accuracy").isNumber()) {
      Map<String, Object> test = new LinkedHashMap<>();
      test.put("photos", json.path("photos").asInt());
      test.put("accuracy", json.path("accuracy").asDouble());
      test.put("low", json.path("accuracy_95_percent_interval").path(0).asDouble());
      test.put("high", json.path("accuracy_95_percent_interval").path(1).asDouble(1));
      test.put("crossEntropy", json.path("cross_entropy").asDouble());
      if (json.path("cross_validation").path("accuracy").isNumber()) {
        test.put("crossValidation", crossValidation(json.get("cross_validation")));
      }
      answer.put("test", test);
    }
    List<Map<String, Object>> labels = labels();
    answer.put("labels", labels);
    confusion(json.path("confusion"), labels.size())
        .ifPresent(confusion -> answer.put("confusion", confusion));
    answer.put("mistakes", mistakes());
    return answer;
  }

  /** How it did on training photos, each held out once. */
  private static Map<String, Object> crossValidation(JsonNode json) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("folds", json.path("folds").asInt());
    answer.put("photos", json.path("photos").asInt());
    answer.put("right", json.path("right").asInt());
    answer.put("accuracy", json.path("accuracy").asDouble());
    answer.put("low", json.path("accuracy_95_percent_interval").path(0).asDouble());
    answer.put("high", json.path("accuracy_95_percent_interval").path(1).asDouble(1));
    return answer;
  }

  private List<Map<String, Object>> labels() {
    List<Map<String, Object>> labels = new ArrayList<>();
    for (JsonNode score : json.path("labels")) {
      Map<String, Object> label = new LinkedHashMap<>();
      label.put("label", score.path("label").asText());
      label.put("photos", score.path("photos").asInt());
      label.put("precision", score.path("precision").isNumber() ? score.get("precision") : null);
      label.put("recall", score.path("recall").isNumber() ? score.get("recall") : null);
      labels.add(label);
    }
    return labels;
  }

  private static Optional<int[][]> confusion(JsonNode json, int labels) {
    if (labels == 0 || labels > MOST_LABELS || json.size() != labels) {
      return Optional.empty();
    }
    int[][] counts = new int[labels][labels];
    for (int truth = 0; truth < labels; truth++) {
      if (json.path(truth).size() != labels) {
        return Optional.empty();
      }
      for (int predicted = 0; predicted < labels; predicted++) {
        counts[truth][predicted] = Math.max(0, json.path(truth).path(predicted).asInt());
      }
    }
    return Optional.of(counts);
  }

  private List<Map<String, Object>> mistakes() {
    Optional<EventRecord> images =
        own.flatMap(record -> record.last("images", SessionRecord.MISTAKE_IMAGES));
    List<Map<String, Object>> mistakes = new ArrayList<>();
    for (JsonNode one : json.path("mistakes")) {
      if (mistakes.size() == MOST_MISTAKES) {
        break;
      }
      Map<String, Object> mistake = new LinkedHashMap<>();
      mistake.put("photo", one.path("photo").asText());
      mistake.put("label", one.path("label").asText());
      mistake.put("predicted", one.path("predicted").asText());
      mistake.put("probability", one.path("probability").asDouble());
      if (images.isPresent() && one.path("image").isInt() && one.path("image").intValue() >= 0) {
        int index = Images.FIRST + Math.min(MOST_MISTAKES, one.path("image").intValue());
        BlobKey key =
            new BlobKey(session, SessionRecord.MISTAKE_IMAGES, images.get().step(), index);
        mistake.put("blob_key", key.encode());
      }
      mistakes.add(mistake);
    }
    return mistakes;
  }
}
