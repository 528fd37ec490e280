package org.pupil.tuning;

import java.nio.file.Path;
import java.util.List;
import org.pupil.finetuning.SharedMaps;

/** Hears how a search for settings goes. */
public interface TuningListener {
  /** Hears nothing. */
  TuningListener NONE = new TuningListener() {};

  /**
   * What lies ahead.
   *
   * @param folder of the search
   * @param photos that trials learn from and are judged by
   * @param stages the numbers of folds that judge trials, one after the other
   * @param trials to try at most
   */
  record Plan(Path folder, int photos, List<Integer> stages, int trials) {
    public Plan {
      stages = List.copyOf(stages);
    }
  }

  /** The search begins. */
  default void onSearch(Plan plan) {}

  /**
   * A trial is thought of, more is known of it, or it is taken up again, given up, or over. By any
   * thread, one at a time.
   */
  default void onTrial(Trial trial) {}

  /** Another fold has judged a trial. By any thread, one at a time. */
  default void onFold(int trial, int fold) {}

  /**
   * Layers of the backbone will be trained too: what it takes to compute what the layers below
   * give.
   */
  default void onFineTuning(SharedMaps.Cost cost) {}

  /** So many of all maps that fine-tuning begins with are computed. One thread at a time. */
  default void onMaps(int done, int all) {}

  /** Something is being trained. Many times a second, by any thread; what is thrown ends it all. */
  default void onWork() {}

  /** The search is over, and the winner will be trained. */
  default void onRanking(Ranking ranking) {}

  /** Something cannot be written to the logs, and the search goes on: one line. */
  default void logFailed(String reason) {}
}
