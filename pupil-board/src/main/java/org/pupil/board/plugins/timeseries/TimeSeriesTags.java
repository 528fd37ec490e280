package org.pupil.board.plugins.timeseries;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pupil.board.answers.SafeHtml;
import org.pupil.board.answers.Tags;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.SeriesInfo;

/** Which tags of scalars, histograms and images which runs have. */
final class TimeSeriesTags {
  private TimeSeriesTags() {}

  /** What the page of all time series shows: by plugin the tags and what is said of them. */
  static Map<String, Object> of(EventLogs logs) {
    Map<String, Object> answer = new LinkedHashMap<>();
    for (String plugin : List.of("scalars", "histograms")) {
      Map<String, List<SeriesInfo>> byRun = Tags.series(logs, plugin);
      Map<String, List<String>> tags = new LinkedHashMap<>();
      byRun.forEach((run, ofRun) -> tags.put(run, ofRun.stream().map(SeriesInfo::tag).toList()));
      answer.put(plugin, ofPlugin("runTagInfo", tags, byRun));
    }
    Map<String, List<SeriesInfo>> images = Tags.series(logs, "images");
    Map<String, Map<String, Object>> sampled = new LinkedHashMap<>();
    images.forEach(
        (run, ofRun) ->
            ofRun.forEach(
                series ->
                    sampled
                        .computeIfAbsent(series.tag(), tag -> new LinkedHashMap<>())
                        .put(run, Map.of("maxSamplesPerStep", series.samples()))));
    answer.put("images", ofPlugin("tagRunSampledInfo", sampled, images));
    return answer;
  }

  private static Map<String, Object> ofPlugin(
      String name, Map<String, ?> tags, Map<String, List<SeriesInfo>> byRun) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(name, tags);
    answer.put("tagDescriptions", descriptions(byRun));
    return answer;
  }

  /** By tag, as safe HTML. If runs say different things, all of them, with the runs' names. */
  private static Map<String, String> descriptions(Map<String, List<SeriesInfo>> byRun) {
    SortedMap<String, SortedSet<String>> ofTag = new TreeMap<>();
    Map<String, SortedSet<String>> runsOf = new LinkedHashMap<>();
    byRun.forEach(
        (run, ofRun) ->
            ofRun.stream()
                .filter(series -> !series.description().isEmpty())
                .forEach(
                    series -> {
                      ofTag
                          .computeIfAbsent(series.tag(), tag -> new TreeSet<>())
                          .add(series.description());
                      runsOf
                          .computeIfAbsent(series.description(), text -> new TreeSet<>())
                          .add(run);
                    }));
    Map<String, String> html = new LinkedHashMap<>();
    ofTag.forEach((tag, texts) -> html.put(tag, SafeHtml.ofMarkdown(combined(texts, runsOf))));
    return html;
  }

  private static String combined(
      SortedSet<String> descriptions, Map<String, SortedSet<String>> runsOf) {
    if (descriptions.size() == 1) {
      return descriptions.first();
    }
    List<String> parts = new ArrayList<>();
    for (String description : descriptions) {
      SortedSet<String> runs = runsOf.getOrDefault(description, new TreeSet<>());
      parts.add(
          "## For %s: %s\n%s"
              .formatted(runs.size() > 1 ? "runs" : "run", String.join(", ", runs), description));
    }
    return "# Multiple descriptions\n" + String.join("\n", parts);
  }
}
