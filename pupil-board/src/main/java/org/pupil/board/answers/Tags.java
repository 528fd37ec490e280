package org.pupil.board.answers;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
}
