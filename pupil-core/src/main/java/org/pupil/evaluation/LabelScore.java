package org.pupil.evaluation;

/**
 * How well one label is told from the others.
 *
 * @param label index of the label
 * @param photos number of test photos of the label
 * @param precision of the photos taken for this label, the part that has it; NaN if none was taken
 *     for it
 * @param recall of the label's photos, the part taken for it; NaN if there are none
 * @param f1 harmonic mean of the two, {@code 2 TP / (2 TP + FP + FN)}; NaN if there are no photos
 *     of the label and none was taken for it
 */
public record LabelScore(int label, int photos, double precision, double recall, double f1) {
  static LabelScore of(Confusion confusion, int label) {
    int right = confusion.count(label, label);
    int truths = confusion.truths(label);
    int predictions = confusion.predictions(label);
    return new LabelScore(
        label,
        truths,
        ratio(right, predictions),
        ratio(right, truths),
        ratio(2 * right, truths + predictions));
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
