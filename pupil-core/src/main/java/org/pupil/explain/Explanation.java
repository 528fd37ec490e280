package org.pupil.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.pupil.errors.Message;
import org.pupil.errors.OneLine;
import org.pupil.familiarity.Ambiguity;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.Trust;

/**
 * Why a model labels a photo as it does.
 *
 * @param image what the photo is called
 * @param labels all labels, the likeliest first
 * @param trust how far the answer can be trusted; empty if the model does not know what its
 *     training photos look like
 * @param heatMap where on the photo the evidence lies; empty if {@code missing} says why
 * @param similar the most similar training photos, the most similar first; empty if {@code missing}
 *     says why
 * @param changes what the model says when the photo is changed a little
 * @param missing what could not be found out, and why
 */
public record Explanation(
    String image,
    List<LabelProbability> labels,
    Optional<Trust> trust,
    Optional<HeatMap> heatMap,
    List<SimilarPhoto> similar,
    List<ChangedAnswer> changes,
    List<Message> missing) {
  /** Labels, and similar photos, that the sentence names. */
  private static final int NAMED = 2;

  /** With less probability a second label is not worth a word. */
  private static final float SMALLEST_NAMED = 0.005f;

  public Explanation {
    labels = List.copyOf(labels);
    similar = List.copyOf(similar);
    changes = List.copyOf(changes);
    missing = List.copyOf(missing);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("there must be labels");
    }
  }

  /** The likeliest label. */
  public LabelProbability best() {
    return labels.get(0);
  }

  /** Whether the second label is nearly as likely as the first, by the model's own rule if any. */
  public boolean isUndecided() {
    return trust.map(Trust::undecided).orElseGet(this::isUndecidedByDefault);
  }

  private boolean isUndecidedByDefault() {
    return labels.size() > 1
        && Ambiguity.DEFAULT.isBetween(best().probability(), labels.get(1).probability());
  }

  /** Whether the model knows its training photos, and the photo is unlike all of them. */
  public boolean isUnlikeTraining() {
    return trust.map(Trust::unlikeTraining).orElse(false);
  }

  /** How many of the changes leave the likeliest label as it is. */
  public long unchanged() {
    return changes.stream().filter(change -> change.best().label().equals(best().label())).count();
  }

  /**
   * All of it in one line: {@code cat 0.62, dog 0.37: undecided; looks most like cat.123.jpg and
   * dog.7.jpg}.
   */
  public String sentence() {
    return sentence(OneLine::of);
  }

  /**
   * {@link #sentence()}, with names written in another way.
   *
   * @param names writes a label, or the name of a photo, which may hold anything, on one line
   */
  public String sentence(UnaryOperator<String> names) {
    List<String> named = new ArrayList<>();
    for (LabelProbability label : labels.subList(0, Math.min(NAMED, labels.size()))) {
      if (named.isEmpty() || label.probability() >= SMALLEST_NAMED) {
        named.add(names.apply(label.label()) + " " + rounded(label.probability()));
      }
    }
    return String.join(", ", named) + doubt() + resemblance(names);
  }

  private String doubt() {
    if (isUnlikeTraining()) {
      return ": unlike anything it was trained on";
    }
    return isUndecided() ? ": undecided" : "";
  }

  private String resemblance(UnaryOperator<String> names) {
    List<SimilarPhoto> nearest =
        similar.stream()
            .sorted(Comparator.comparingDouble(SimilarPhoto::similarity).reversed())
            .limit(NAMED)
            .toList();
    if (nearest.isEmpty()) {
      return "";
    }
    List<String> files = nearest.stream().map(photo -> fileName(photo.photo().name())).toList();
    boolean ambiguous = files.stream().distinct().count() < files.size();
    return nearest.stream()
        .map(photo -> ambiguous ? photo.photo().name() : fileName(photo.photo().name()))
        .map(names)
        .collect(Collectors.joining(" and ", "; looks most like ", ""));
  }

  private static String fileName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Two digits; what is not certain is not called so, however near to it. */
  public static String rounded(float probability) {
    String text = String.format(Locale.ROOT, "%.2f", probability);
    if (text.equals("1.00") && probability < 1) {
      return ">0.99";
    }
    return text.equals("0.00") && probability > 0 ? "<0.01" : text;
  }
}
