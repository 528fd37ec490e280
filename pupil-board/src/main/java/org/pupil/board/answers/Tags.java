package org.pupil.board.answers;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.Run;
import org.pupil.board.log.SeriesInfo;

/** Which tags of a plugin which runs have. */
public final class Tags {
  /** How some writers say that there is nothing to say. */
  private static final ByteString EMPTY_JSON = ByteString.copyFromUtf8("{}");

  private static final int VERSION_FIELD = 1;

  private Tags() {}

  /** The series of a plugin by run; only runs that have some. */
  public static Map<String, List<SeriesInfo>> series(EventLogs logs, String plugin) {
    Map<String, List<SeriesInfo>> byRun = new LinkedHashMap<>();
    for (Run run : logs.runs()) {
      List<SeriesInfo> known = run.series(plugin).stream().filter(Tags::isOfKnownVersion).toList();
      if (!known.isEmpty()) {
        byRun.put(run.name(), known);
      }
    }
    return byRun;
  }

  /** Plugins number the forms of their data; there has never been another than 0. */
  private static boolean isOfKnownVersion(SeriesInfo series) {
    ByteString content = series.pluginContent();
    return content.isEmpty() || content.equals(EMPTY_JSON) || version(content) == 0;
  }

  private static long version(ByteString content) {
    try {
      CodedInputStream in = content.newCodedInput();
      long version = 0;
      for (int field = in.readTag(); field != 0; field = in.readTag()) {
        boolean isVersion =
            WireFormat.getTagFieldNumber(field) == VERSION_FIELD
                && WireFormat.getTagWireType(field) == WireFormat.WIRETYPE_VARINT;
        if (isVersion) {
          version = in.readInt64();
        } else {
          in.skipField(field);
        }
      }
      return version;
    } catch (IOException e) {
      return -1; // no message at all
    }
  }

  /** By run and tag: {@code displayName} and, as safe HTML, {@code description}. */
  public static Map<String, Map<String, Map<String, Object>>> described(
      EventLogs logs, String plugin) {
    Map<String, Map<String, Map<String, Object>>> runs = new LinkedHashMap<>();
    series(logs, plugin)
        .forEach(
            (run, ofRun) -> {
              Map<String, Map<String, Object>> tags = new LinkedHashMap<>();
              ofRun.forEach(series -> tags.put(series.tag(), described(series)));
              runs.put(run, tags);
            });
    return runs;
  }

  private static Map<String, Object> described(SeriesInfo series) {
    Map<String, Object> tag = new LinkedHashMap<>();
    tag.put("displayName", series.title());
    tag.put("description", SafeHtml.ofMarkdown(series.description()));
    return tag;
  }

  /** As {@link #described}, and the most images of a step as {@code samples}. */
  public static Map<String, Map<String, Map<String, Object>>> ofImages(EventLogs logs) {
    Map<String, Map<String, Map<String, Object>>> runs = described(logs, "images");
    series(logs, "images")
        .forEach(
            (run, ofRun) ->
                ofRun.forEach(
                    series -> {
                      Map<String, Object> tag = runs.getOrDefault(run, Map.of()).get(series.tag());
                      if (tag != null) {
                        tag.put("displayName", series.displayName()); // empty, as in TensorBoard
                        tag.put("samples", series.samples());
                      }
                    }));
    return runs;
  }

  /** What the page of all time series shows: by plugin the tags and what is said of them. */
  public static Map<String, Object> ofTimeSeries(EventLogs logs) {
    Map<String, Object> answer = new LinkedHashMap<>();
    for (String plugin : List.of("scalars", "histograms")) {
      Map<String, List<SeriesInfo>> byRun = series(logs, plugin);
      Map<String, List<String>> tags = new LinkedHashMap<>();
      byRun.forEach((run, ofRun) -> tags.put(run, ofRun.stream().map(SeriesInfo::tag).toList()));
      answer.put(plugin, ofPlugin("runTagInfo", tags, byRun));
    }
    Map<String, List<SeriesInfo>> images = series(logs, "images");
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
