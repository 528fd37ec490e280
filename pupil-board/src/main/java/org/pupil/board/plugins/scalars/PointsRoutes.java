package org.pupil.board.plugins.scalars;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.ScalarPoints;
import org.pupil.board.web.PointCount;
import org.pupil.board.web.SeriesRequests;
import org.pupil.web.RequestException;
import org.pupil.web.Requests;
import org.pupil.web.Router;

/**
 * Scalars as the page reads them: {@code /data/plugin/pupil/points} and {@code points_multirun}.
 */
final class PointsRoutes {
  private final EventLogs logs;

  PointsRoutes(EventLogs logs) {
    this.logs = logs;
  }

  void addTo(Router router) {
    router.get("/data/plugin/pupil/points", this::points);
    router.post("/data/plugin/pupil/points_multirun", this::pointsOfRuns);
  }

  /**
   * The points of a scalar in a compact form: their number n as a 4-byte integer, of how many bytes
   * a value is (4 or 8) as another, the number of points in the log as an 8-byte integer, n steps
   * and n wall times as 8-byte floats, n values as floats of that size; all little-endian.
   */
  private void points(Context context) {
    ScalarPoints points = SeriesRequests.scalars(logs, context);
    int most = Requests.optionalInt(context, "most", Integer.MAX_VALUE);
    if (most < 1) {
      throw RequestException.invalidArgument("most must be at least 1");
    }
    ScalarPoints sampled = points.sampled(most);
    int size = sampled.size();
    new PointCount().add(size, sampled.seen()).tell(context);
    int valueBytes = sampled.isWide() ? Double.BYTES : Float.BYTES;
    ByteBuffer bytes =
        ByteBuffer.allocate(16 + (16 + valueBytes) * size).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(size).putInt(valueBytes).putLong(sampled.seen());
    for (int i = 0; i < size; i++) {
      bytes.putDouble((double) sampled.step(i));
    }
    for (int i = 0; i < size; i++) {
      bytes.putDouble(sampled.wallTime(i));
    }
    for (int i = 0; i < size; i++) {
      if (sampled.isWide()) {
        bytes.putDouble(sampled.value(i));
      } else {
        bytes.putFloat((float) sampled.value(i));
      }
    }
    context.contentType("application/octet-stream").result(bytes.array());
  }

  /**
   * The points of a scalar in many runs, as {@link CompactPoints}: form fields {@code tag}, {@code
   * runs} once for each run and, as often or never, {@code have}: what the page has already, as
   * {@code COUNT:WALL_TIME_OF_THE_LAST:REVISION}, or empty.
   */
  private void pointsOfRuns(Context context) {
    List<String> tags = Requests.formParameters(context, "tag");
    if (tags.isEmpty()) {
      throw RequestException.invalidArgument("tag must be given");
    }
    String tag = tags.get(0);
    List<String> runs = Requests.formParameters(context, "runs");
    List<String> have = Requests.formParameters(context, "have");
    if (!have.isEmpty() && have.size() != runs.size()) {
      throw RequestException.invalidArgument(
          "have must be given once for each of the %d runs, was given %d times"
              .formatted(runs.size(), have.size()));
    }
    CompactPoints points = new CompactPoints(most(context.formParam("most")));
    for (int i = 0; i < runs.size(); i++) {
      points.add(
          logs.run(runs.get(i)).flatMap(run -> run.scalars(tag)),
          have.isEmpty() ? CompactPoints.Known.NOTHING : known(have.get(i)));
    }
    context.disableCompression();
    context.contentType("application/octet-stream").result(points.bytes());
  }

  private static int most(@Nullable String text) {
    try {
      int most = text == null ? Integer.MAX_VALUE : Integer.parseInt(text);
      if (most >= 1) {
        return most;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw RequestException.invalidArgument("most must be a number of at least 1, was " + text);
  }

  private static CompactPoints.Known known(String have) {
    if (have.isEmpty()) {
      return CompactPoints.Known.NOTHING;
    }
    String[] parts = have.split(":", -1);
    try {
      if (parts.length == 3) {
        return new CompactPoints.Known(
            Integer.parseInt(parts[0]), Double.parseDouble(parts[1]), Integer.parseInt(parts[2]));
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw RequestException.invalidArgument(
        "have must be a number of points, a time and a revision with colons between them, was "
            + have);
  }
}
