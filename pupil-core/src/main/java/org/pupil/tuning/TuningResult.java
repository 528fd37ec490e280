package org.pupil.tuning;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pupil.run.RunResult;

/**
 * What a search for settings came to.
 *
 * @param trials in the order of their numbers
 * @param ranking those that were judged most, the best first
 * @param importances what mattered, most first
 * @param wasCut whether time was over before everything was judged that was to be
 * @param folder of the search
 * @param flags of {@code retrain} that give the winner, without dashes, beside those that were
 *     given for the search
 * @param run the winner, trained as by these flags and judged by the test photos
 */
public record TuningResult(
    List<Trial> trials,
    Ranking ranking,
    List<Importance> importances,
    boolean wasCut,
    Path folder,
    Map<String, String> flags,
    RunResult run) {
  public TuningResult {
    trials = List.copyOf(trials);
    importances = List.copyOf(importances);
    flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
  }
}
