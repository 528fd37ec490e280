package org.pupil.assessment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.assessment.Assessment.Unreadable;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.evaluation.Predictions;
import org.pupil.evaluation.Scores;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.LabelledPhoto;
import org.pupil.labelling.Labeller;

/**
 * Judges a model by photos whose labels are known. Labels are matched by name: photos of labels
 * that the model does not know are left out, since it could not but be wrong.
 */
public final class ModelAssessor {
  /** Outputs of quantized models are rounded, so their sum is not quite 1. */
  private static final double ROUNDING = 0.02;

  private static final int MOST_NAMES = 5;

  private final Labeller labeller;

  /**
   * @param labeller the model, which stays open
   */
  public ModelAssessor(Labeller labeller) {
    this.labeller = labeller;
  }

  /** Hears how far the labelling is. */
  public interface Listener {
    /** So many photos have been labelled, of those that are to be; called by one thread. */
    void labelled(int done, int all);
  }

  /**
   * Labels the photos and scores the answers.
   *
   * @param photos of one label or more
   * @throws PupilException (bad input) if the model knows none of the labels, or no photo can be
   *     read; (bad model) as {@link Labeller#label}, or if its outputs are no probabilities
   */
  public Assessment assess(Dataset photos, Listener listener) {
    Map<String, Integer> own = new HashMap<>();
    labeller.labels().names().forEach(name -> own.put(name, own.size()));
    LabelDifferences differences = differences(photos);
    List<Photo> known =
        photos.photos().stream()
            .filter(photo -> own.containsKey(photos.labels().name(photo.label())))
            .toList();
    if (known.isEmpty()) {
      throw PupilException.badInput(
          Message.of(
              Setting.IMAGE_DIR,
              ": the model knows none of its labels (%s), but %s: name the folders as the model names its labels"
                  .formatted(few(photos.labels().names()), few(labeller.labels().names()))));
    }
    Answers answers = new Answers(known, own, listener);
    labeller.label(known.stream().map(Photo::source).toList(), answers::take);
    return answers.assessment(photos.labels(), differences);
  }

  private static String few(List<String> names) {
    return names.size() <= MOST_NAMES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMES))
            + " and "
            + (names.size() - MOST_NAMES)
            + " more";
  }

  private LabelDifferences differences(Dataset photos) {
    int[] counts = photos.countByLabel();
    Map<String, Integer> unknown = new LinkedHashMap<>();
    for (int label = 0; label < counts.length; label++) {
      if (!labeller.labels().names().contains(photos.labels().name(label))) {
        unknown.put(photos.labels().name(label), counts[label]);
      }
    }
    return new LabelDifferences(
        unknown,
        labeller.labels().names().stream()
            .filter(name -> !photos.labels().names().contains(name))
            .toList());
  }

  /** The groups' numbers, for photos that resemble each other. */
  static int[] groups(List<Photo> photos) {
    Map<String, Integer> numbers = new HashMap<>();
    return photos.stream()
        .mapToInt(photo -> numbers.computeIfAbsent(photo.group(), group -> numbers.size()))
        .toArray();
  }

  /** What the model says, photo by photo. */
  private final class Answers {
    private final List<Photo> asked;
    private final Map<String, Integer> own;
    private final Listener listener;
    private final List<Photo> labelled = new ArrayList<>();
    private final List<float[]> probabilities = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    Answers(List<Photo> asked, Map<String, Integer> own, Listener listener) {
      this.asked = asked;
      this.own = own;
      this.listener = listener;
    }

    void take(LabelledPhoto answer) {
      Photo photo = asked.get(labelled.size() + unreadable.size());
      if (answer.error().isPresent()) {
        unreadable.add(new Unreadable(photo, answer.error().get()));
      } else {
        labelled.add(photo);
        probabilities.add(vector(answer));
      }
      listener.labelled(labelled.size() + unreadable.size(), asked.size());
    }

    private float[] vector(LabelledPhoto answer) {
      float[] vector = new float[own.size()];
      double sum = 0;
      for (LabelProbability label : answer.labels()) {
        vector[own.get(label.label())] = label.probability();
        if (!(label.probability() >= 0)) {
          throw noProbabilities(answer.source(), "one is " + label.probability());
        }
        sum += label.probability();
      }
      if (!(Math.abs(sum - 1) <= ROUNDING)) {
        throw noProbabilities(answer.source(), "they sum to " + (float) sum);
      }
      for (int label = 0; label < vector.length; label++) {
        vector[label] = (float) (vector[label] / sum);
      }
      return vector;
    }

    private static PupilException noProbabilities(PhotoSource photo, String why) {
      return PupilException.badModel(
          "the model's outputs are no probabilities: for "
              + photo.name()
              + " "
              + why
              + "; name its softmax with --output_layer");
    }

    Assessment assessment(Labels ofFolder, LabelDifferences differences) {
      if (labelled.isEmpty()) {
        throw noneReadable(unreadable);
      }
      int[] truth =
          labelled.stream().mapToInt(photo -> own.get(ofFolder.name(photo.label()))).toArray();
      Predictions predictions =
          Predictions.of(
              labeller.labels(), truth, groups(labelled), probabilities.toArray(float[][]::new));
      return new Assessment(
          labelled,
          predictions,
          Scores.of(predictions),
          unreadable,
          differences,
          Optional.empty(),
          Optional.empty());
    }
  }

  static PupilException noneReadable(List<Unreadable> unreadable) {
    Unreadable first = unreadable.get(0);
    return PupilException.badInput(
        Message.of(
            Setting.IMAGE_DIR,
            ": none of %d photos can be read, such as %s: %s"
                .formatted(unreadable.size(), first.photo().source().name(), first.reason())));
  }
}
