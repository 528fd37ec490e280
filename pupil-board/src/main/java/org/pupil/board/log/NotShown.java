package org.pupil.board.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts what of one event file is not shown, and says so in sentences. */
final class NotShown {
  private long valuesOfOtherTags;
  private long removed;
  private long firstRemovedStep = Long.MAX_VALUE;
  private long replaced;
  private long otherHparams;

  /** A value of a tag that is not kept, because the run has too many. */
  void addValueOfOtherTag() {
    valuesOfOtherTags++;
  }

  /**
   * Points that were removed because the run goes on from an earlier step.
   *
   * @param step the step from which it goes on
   */
  void addRemoved(int points, long step) {
    removed += points;
    firstRemovedStep = Math.min(firstRemovedStep, step);
  }

  /** Points in whose place a later one at the same step is shown. */
  void addReplaced(int points) {
    replaced += points;
  }

  /** A record of hyperparameters that differs from the first one of the run. */
  void addOtherHparams() {
    otherHparams++;
  }

  /** Whether values are missing because there are too many tags. */
  boolean isCut() {
    return valuesOfOtherTags > 0;
  }

  /**
   * What is not shown; empty if all is.
   *
   * @param maxTags how many tags are kept of a run
   * @param isAlone whether no other file of the run was written at the same time
   */
  String sentences(int maxTags, boolean isAlone) {
    List<String> sentences = new ArrayList<>();
    if (valuesOfOtherTags > 0) {
      sentences.add(
          format(
              "at most %,d tags are kept of a run (and %d MB of their names and descriptions): %,d"
                  + " %s of other tags %s left out; raise --max_tags to keep more.",
              maxTags,
              LogLimits.TAG_BYTES_OF_A_RUN >> 20,
              valuesOfOtherTags,
              valuesOfOtherTags == 1 ? "value" : "values",
              valuesOfOtherTags == 1 ? "is" : "are"));
    }
    if (removed > 0) {
      sentences.add(
          format(
              "the steps go back to %,d, as when a training run is started again: %,d earlier %s at"
                  + " or after that step %s not shown.",
              firstRemovedStep,
              removed,
              removed == 1 ? "point" : "points",
              removed == 1 ? "is" : "are"));
    }
    if (otherHparams > 0) {
      sentences.add(
          format(
              "%,d more %s of hyperparameters in the same run: only the first is shown; give each"
                  + " trial its own run.",
              otherHparams, otherHparams == 1 ? "record" : "records"));
    }
    if (!isAlone) {
      sentences.add(
          "another file of the run was written at the same time: the points of both are shown.");
    }
    if (replaced > 0) {
      sentences.add(
          format(
              "%,d %s replaced by a later one at the same step.",
              replaced, replaced == 1 ? "point was" : "points were each"));
    }
    return String.join(" ", sentences);
  }

  private static String format(String sentence, Object... values) {
    return String.format(Locale.ROOT, sentence, values);
  }
}
