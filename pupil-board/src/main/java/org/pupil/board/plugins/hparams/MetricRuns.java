package org.pupil.board.plugins.hparams;

import java.util.ArrayList;
import java.util.List;

/**
 * Which run has a session's metric: that of the session itself, or {@code SESSION/GROUP}. Runs are
 * below the run {@code .} too, which TensorBoard does not see: a log directory that holds one
 * training run shows all of its metrics here.
 */
final class MetricRuns {
  private static final String ROOT = ".";
  private static final String NAMED_ROOT = "/.";

  private MetricRuns() {}

  /** The run that has the metrics of a session's group. */
  static String run(String session, String group) {
    if (group.isEmpty() || group.equals(ROOT)) {
      return session;
    }
    String below = group.endsWith("/") ? group.substring(0, group.length() - 1) : group;
    String folder = folder(session);
    return folder.isEmpty() ? below : folder + "/" + below;
  }

  /** The group of a run that is a session or below one. */
  static String group(String session, String run) {
    if (run.equals(session)) {
      return "";
    }
    String folder = folder(session);
    return folder.isEmpty() ? run : run.substring(folder.length() + 1);
  }

  /** {@code .} is no part of a path. */
  private static String folder(String run) {
    if (run.equals(ROOT)) {
      return "";
    }
    return run.endsWith(NAMED_ROOT) ? run.substring(0, run.length() - NAMED_ROOT.length()) : run;
  }

  /** A run and those above it, the nearest first. */
  static List<String> atOrAbove(String run) {
    List<String> runs = new ArrayList<>(List.of(run));
    for (int slash = run.lastIndexOf('/'); slash > 0; slash = run.lastIndexOf('/', slash - 1)) {
      runs.add(run.substring(0, slash));
      runs.add(run.substring(0, slash) + NAMED_ROOT);
    }
    runs.add(ROOT);
    return runs;
  }
}
