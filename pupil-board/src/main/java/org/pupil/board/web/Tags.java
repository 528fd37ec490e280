package org.pupil.board.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.Run;
import org.pupil.board.log.SeriesInfo;

/** Which tags of a plugin which runs have. */
final class Tags {
  private Tags() {}

  /** By run and tag: {@code displayName} and {@code description}; only runs that have such tags. */
  static Map<String, Map<String, Map<String, Object>>> of(EventLogs logs, String plugin) {
    Map<String, Map<String, Map<String, Object>>> runs = new LinkedHashMap<>();
    for (Run run : logs.runs()) {
      Map<String, Map<String, Object>> tags = new LinkedHashMap<>();
      run.series(plugin).forEach(series -> tags.put(series.tag(), describe(series)));
      if (!tags.isEmpty()) {
        runs.put(run.name(), tags);
      }
    }
    return runs;
  }

  private static Map<String, Object> describe(SeriesInfo series) {
    return Map.of("displayName", series.displayName(), "description", series.description());
  }
}
