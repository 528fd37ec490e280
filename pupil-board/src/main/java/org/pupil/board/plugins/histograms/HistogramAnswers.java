package org.pupil.board.plugins.histograms;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import org.pupil.board.answers.Point;
import org.pupil.board.answers.PythonRepr;
import org.pupil.board.answers.Tags;
import org.pupil.board.log.EventLogs;
import org.pupil.board.web.SeriesRequests;
import org.pupil.board.web.StoredSeries;
import org.pupil.web.Json;
import org.pupil.web.RequestException;

/**
 * Answers with the histograms of a series, in a form that the caller chooses: histograms and
 * distributions are of the same data.
 */
public final class HistogramAnswers {
  static final String NAME = "histograms";

  private final EventLogs logs;
  private final int most;

  /** Writes one histogram. */
  @FunctionalInterface
  public interface Writing {
    void write(JsonGenerator json, HistogramBuckets buckets) throws IOException;
  }

  /**
   * @param most how many histograms of a series an answer has at most
   */
  public HistogramAnswers(EventLogs logs, int most) {
    this.logs = logs;
    this.most = most;
  }

  /** Which tags which runs have. */
  public void tags(Context context) {
    Json.answer(context, Tags.described(logs, NAME));
  }

  /**
   * The series of the parameters {@code run} and {@code tag}: an array of [wall time, step, what is
   * written].
   */
  public void answer(Context context, Writing writing) {
    SeriesRequests.RunAndTag wanted = SeriesRequests.runAndTag(context);
    StoredSeries series =
        StoredSeries.of(logs, wanted.run(), NAME, wanted.tag(), most)
            .orElseThrow(() -> noHistogram(wanted));
    List<Point<HistogramBuckets>> points = series.read(HistogramBuckets::of);
    series.count().tell(context);
    Json.stream(
        context,
        json -> {
          json.writeStartArray();
          for (Point<HistogramBuckets> point : points) {
            json.writeStartArray();
            json.writeNumber(point.wallTime());
            json.writeNumber(point.step());
            writing.write(json, point.value());
            json.writeEndArray();
          }
          json.writeEndArray();
        });
  }

  private static RequestException noHistogram(SeriesRequests.RunAndTag wanted) {
    return RequestException.notFound(
        "No histogram tag %s for run %s"
            .formatted(PythonRepr.of(wanted.tag()), PythonRepr.of(wanted.run())));
  }
}
