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
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.evaluation.Predictions;
import org.pupil.evaluation.Scores;

/**
 * Judges a {@link TestedModel} by photos whose labels are known. Labels are matched by name: photos
 * of labels that the model does not know are left out, since it could not but be wrong.
 */
public final class ModelAssessor {
  private static final int MOST_NAMES = 5;

  private final TestedModel model;

  /**
   * @param model stays open
   */
  public ModelAssessor(TestedModel model) {
    this.model = model;
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
   *     read; (bad model) as {@link TestedModel#label}
   */
  public Assessment assess(Dataset photos, Listener listener) {
    Map<String, Integer> own = new HashMap<>();
    model.labels().names().forEach(name -> own.put(name, own.size()));
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
                  .formatted(few(photos.labels().names()), few(model.labels().names()))));
    }
    Given answers = new Given(known.size(), own, listener);
    model.label(known, answers);
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
      if (!model.labels().names().contains(photos.labels().name(label))) {
        unknown.put(photos.labels().name(label), counts[label]);
      }
    }
    return new LabelDifferences(
        unknown,
        model.labels().names().stream()
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
  private final class Given implements TestedModel.Answers {
    private final int asked;
    private final Map<String, Integer> own;
    private final Listener listener;
    private final List<Photo> labelled = new ArrayList<>();
    private final List<float[]> probabilities = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    Given(int asked, Map<String, Integer> own, Listener listener) {
      this.asked = asked;
      this.own = own;
      this.listener = listener;
    }

    @Override
    public void labelled(Photo photo, float[] of) {
      labelled.add(photo);
      probabilities.add(of);
      listener.labelled(labelled.size() + unreadable.size(), asked);
    }

    @Override
    public void unreadable(Photo photo, String reason) {
      unreadable.add(new Unreadable(photo, reason));
      listener.labelled(labelled.size() + unreadable.size(), asked);
    }

    Assessment assessment(Labels ofFolder, LabelDifferences differences) {
      if (labelled.isEmpty()) {
        throw noneReadable(unreadable);
      }
      int[] truth =
          labelled.stream().mapToInt(photo -> own.get(ofFolder.name(photo.label()))).toArray();
      Predictions predictions =
          Predictions.of(
              model.labels(), truth, groups(labelled), probabilities.toArray(float[][]::new));
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
