package org.pupil.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pupil.background.Progress;
import org.pupil.check.Finding.Kind;

/**
 * Cues beside the subject that tell a label from the others far above chance, cross-validated. A
 * classifier may learn such a cue instead of the subject, and then fails on photos from elsewhere.
 */
final class Shortcuts {
  /**
   * Least accuracy, by the low end of its interval, where guessing has 0.5. What photos of any two
   * subjects differ in by nature, such as brightness, stays below.
   */
  static final double FAR_ABOVE_CHANCE = 0.7;

  /** Photos of which less is known are not judged by it. */
  private static final double KNOWN = 0.5;

  private final CheckedPhotos photos;
  private final Cue.Surface[] surfaces;
  private final int[] groupOf;
  private final long seed;
  private final double z;

  private Shortcuts(CheckedPhotos photos, Cue.Surface[] surfaces, int[] groupOf, long seed) {
    this.photos = photos;
    this.surfaces = surfaces;
    this.groupOf = groupOf;
    this.seed = seed;
    int labels = photos.dataset().labels().size();
    this.z = z(Cue.values().length * (labels == 2 ? 1 : labels));
  }

  /**
   * Finds them.
   *
   * @param surfaces of the photos that have bottlenecks
   * @param groupOf a number for each of them; those of one number resemble each other
   * @param progress hears how many cues have been tried
   */
  static List<Finding> of(
      CheckedPhotos photos, Cue.Surface[] surfaces, int[] groupOf, long seed, Progress progress) {
    Shortcuts shortcuts = new Shortcuts(photos, surfaces, groupOf, seed);
    List<Finding> findings = new ArrayList<>();
    int tried = 0;
    for (Cue cue : Cue.values()) {
      progress.reached(tried++, Cue.values().length);
      shortcuts.best(cue).ifPresent(found -> findings.add(shortcuts.finding(cue, found)));
    }
    progress.reached(tried, Cue.values().length);
    findings.sort(
        Comparator.comparingDouble(
            finding -> -((Finding.Detail.Shortcut) finding.detail()).accuracy()));
    return findings;
  }

  /**
   * How many standard errors an interval must be wide to each side, so that none of many misses
   * with a chance of 5 % (Bonferroni): a little more than exactly, by Q(z) &lt;= exp(-z^2 / 2) / 2.
   */
  private static double z(int intervals) {
    return Math.sqrt(2 * Math.log(intervals / 0.05));
  }

  /** The label that a cue tells best, if it tells it far above chance. */
  private Optional<CuePrediction.Outcome> best(Cue cue) {
    List<Optional<Cue.Value>> all = Arrays.stream(surfaces).map(cue::of).toList();
    int[] known = IntStream.range(0, all.size()).filter(i -> all.get(i).isPresent()).toArray();
    if (known.length == 0 || known.length < KNOWN * all.size()) {
      return Optional.empty();
    }
    Cue.Value[] values =
        Arrays.stream(known).mapToObj(i -> all.get(i).orElseThrow()).toArray(Cue.Value[]::new);
    return new CuePrediction(
            values,
            Arrays.stream(known).map(i -> photos.usable().get(i).label()).toArray(),
            Arrays.stream(known).map(i -> groupOf[i]).toArray(),
            photos.dataset().labels().size(),
            seed,
            z)
        .outcomes().stream()
            .max(Comparator.comparingDouble(CuePrediction.Outcome::low))
            .filter(outcome -> outcome.low() >= FAR_ABOVE_CHANCE);
  }

  private Finding finding(Cue cue, CuePrediction.Outcome found) {
    String label = photos.dataset().labels().name(found.label());
    String message =
        "%s alone tells %s from %s in %.0f of 100 photos (between %.0f and %.0f; guessing: 50). A classifier may learn that instead of the subject. Add photos in which it differs, or make it the same for all labels."
            .formatted(
                capitalised(cue.words()),
                label,
                photos.dataset().labels().size() == 2 ? other(found.label()) : "the others",
                100 * found.accuracy(),
                100 * found.low(),
                100 * found.high());
    return new Finding(
        Kind.SHORTCUT,
        true,
        List.of(),
        Optional.of(label),
        message,
        new Finding.Detail.Shortcut(
            cue, found.accuracy(), found.low(), found.high(), CuePrediction.CHANCE));
  }

  private String other(int label) {
    return photos.dataset().labels().name(1 - label);
  }

  private static String capitalised(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
