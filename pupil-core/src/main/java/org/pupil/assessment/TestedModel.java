package org.pupil.assessment;

import java.util.List;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.LabelledPhoto;
import org.pupil.labelling.Labeller;

/** A model, as far as it is asked for its opinion of photos. */
public interface TestedModel {
  /** The labels that it can give. */
  Labels labels();

  /**
   * Labels photos.
   *
   * @param answers hears each photo's answer, in their order, from one thread at a time
   * @throws PupilException (bad model) if it fails, or if what it gives are no probabilities
   */
  void label(List<Photo> photos, Answers answers);

  /** What a model says. */
  interface Answers {
    /**
     * A photo was labelled.
     *
     * @param photo as it was asked for, but perhaps in a group with others that are nearly the same
     * @param probabilities of each label: each 0 to 1, together 1 but for rounding
     */
    void labelled(Photo photo, float[] probabilities);

    /** A photo could not be read. */
    void unreadable(Photo photo, String reason);
  }

  /**
   * A model that runs as a whole.
   *
   * @param labeller stays open
   */
  static TestedModel of(Labeller labeller) {
    return new Whole(labeller);
  }

  /** A model that runs from the pixels to the probabilities. */
  record Whole(Labeller labeller) implements TestedModel {
    /** Outputs of quantized models are rounded, so their sum is not quite 1. */
    private static final double ROUNDING = 0.02;

    @Override
    public Labels labels() {
      return labeller.labels();
    }

    @Override
    public void label(List<Photo> photos, Answers answers) {
      int[] next = new int[1];
      labeller.label(
          photos.stream().map(Photo::source).toList(),
          answer -> {
            Photo photo = photos.get(next[0]++);
            if (answer.error().isPresent()) {
              answers.unreadable(photo, answer.error().get());
            } else {
              answers.labelled(photo, probabilities(answer));
            }
          });
    }

    private float[] probabilities(LabelledPhoto answer) {
      float[] vector = new float[labels().size()];
      double sum = 0;
      for (LabelProbability label : answer.labels()) {
        if (!(label.probability() >= 0)) {
          throw noProbabilities(answer, "one is " + label.probability());
        }
        vector[labels().names().indexOf(label.label())] = label.probability();
        sum += label.probability();
      }
      if (!(Math.abs(sum - 1) <= ROUNDING)) {
        throw noProbabilities(answer, "they sum to " + (float) sum);
      }
      for (int label = 0; label < vector.length; label++) {
        vector[label] = (float) (vector[label] / sum);
      }
      return vector;
    }

    private static PupilException noProbabilities(LabelledPhoto photo, String why) {
      return PupilException.badModel(
          Message.of(
              "the model's outputs are no probabilities: for "
                  + photo.source().name()
                  + " "
                  + why
                  + "; name its softmax with ",
              Setting.OUTPUT_LAYER));
    }
  }
}
