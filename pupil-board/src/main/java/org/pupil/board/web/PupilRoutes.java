package org.pupil.board.web;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pupil.board.answers.projector.Projector;
import org.pupil.board.log.EventFileState;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.Run;
import org.pupil.board.log.ScalarPoints;

/** The routes that TensorBoard does not have. */
final class PupilRoutes {
  private final EventLogs logs;
  private final Projector projector;
  private final ChangeStream changes;

  PupilRoutes(EventLogs logs, Projector projector) {
    this.logs = logs;
    this.projector = projector;
    this.changes = new ChangeStream(logs);
  }

  void addTo(Router router) {
    router.events("/data/plugin/pupil/changes", changes::add);
    router.get("/data/plugin/pupil/state", context -> Json.answer(context, state()));
    router.get(
        "/data/plugin/pupil/files",
        context -> Json.answer(context, logs.files().stream().map(PupilRoutes::file).toList()));
    router.get("/data/plugin/pupil/points", this::points);
  }

  private Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("version", logs.version());
    state.put("loaded", logs.hasLoaded());
    state.put("troubles", logs.troubles());
    Set<String> plugins = new TreeSet<>();
    logs.runs().forEach(run -> plugins.addAll(run.plugins()));
    if (projector.isActive()) {
      plugins.add("projector");
    }
    state.put("plugins", plugins);
    state.put("runs", logs.runs().stream().map(PupilRoutes::run).toList());
    return state;
  }

  private static Map<String, Object> run(Run run) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", run.name());
    answer.put("version", run.version());
    answer.put("started", run.firstWallTime().orElse(0));
    return answer;
  }

  private static Map<String, Object> file(EventFileState file) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("run", file.run());
    answer.put("file", file.file().toString());
    answer.put("records", file.records());
    answer.put("offset", file.offset());
    answer.put("state", file.kind().name().toLowerCase(Locale.ROOT));
    answer.put("reason", file.reason());
    return answer;
  }

  /**
   * The points of a scalar in a compact form: their number n as a 4-byte integer, 4 bytes of zero,
   * the number of points in the log as an 8-byte integer, n steps and n wall times as 8-byte
   * floats, n values as 4-byte floats; all little-endian.
   */
  private void points(Context context) {
    ScalarPoints points = Requests.scalars(logs, context);
    int most = Requests.optionalInt(context, "most", Integer.MAX_VALUE);
    if (most < 1) {
      throw RequestException.invalidArgument("most must be at least 1");
    }
    ScalarPoints sampled = points.sampled(most);
    int size = sampled.size();
    new PointCount().add(size, sampled.seen()).tell(context);
    ByteBuffer bytes = ByteBuffer.allocate(16 + 20 * size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(size).putInt(0).putLong(sampled.seen());
    for (int i = 0; i < size; i++) {
      bytes.putDouble((double) sampled.step(i));
    }
    for (int i = 0; i < size; i++) {
      bytes.putDouble(sampled.wallTime(i));
    }
    for (int i = 0; i < size; i++) {
      bytes.putFloat(sampled.value(i));
    }
    context.contentType("application/octet-stream").result(bytes.array());
  }
}
