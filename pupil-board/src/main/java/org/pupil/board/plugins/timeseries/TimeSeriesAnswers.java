package org.pupil.board.plugins.timeseries;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pupil.board.answers.Point;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.EventRecord;
import org.pupil.board.log.Run;
import org.pupil.board.log.ScalarPoints;
import org.pupil.board.plugins.histograms.HistogramBuckets;
import org.pupil.board.plugins.images.BlobKey;
import org.pupil.board.plugins.images.Images;
import org.pupil.board.web.PointCount;
import org.pupil.board.web.SampleLimits;
import org.pupil.board.web.StoredSeries;

/** Finds series of three kinds, and writes them as the Time Series page wants them. */
final class TimeSeriesAnswers {
  private final EventLogs logs;
  private final SampleLimits samples;

  TimeSeriesAnswers(EventLogs logs, SampleLimits samples) {
    this.logs = logs;
    this.samples = samples;
  }

  /** The series of some runs: fields of an object that has begun. */
  @FunctionalInterface
  interface Answer {
    void write(JsonGenerator json) throws IOException;
  }

  /**
   * Finds what a request asks for; nothing if it is wrong. Files are read only when the answer is
   * written, one series after the other, so that many do not take much memory.
   *
   * @param count hears how many points there will be
   */
  Answer find(TimeSeriesRequest request, PointCount count) {
    if (!request.mistake().isEmpty()) {
      return json -> {};
    }
    List<Answer> ofRuns = new ArrayList<>();
    for (Run run : runs(request)) {
      find(run, request, count).ifPresent(ofRuns::add);
    }
    return json -> {
      for (Answer answer : ofRuns) {
        answer.write(json);
      }
    };
  }

  private List<Run> runs(TimeSeriesRequest request) {
    return request.run().isEmpty() ? logs.runs() : logs.run(request.run()).stream().toList();
  }

  private Optional<Answer> find(Run run, TimeSeriesRequest request, PointCount count) {
    int most = samples.of(request.plugin());
    if (request.plugin().equals("scalars")) {
      return run.scalars(request.tag())
          .map(points -> points.sampled(most))
          .map(
              points -> {
                count.add(points.size(), points.seen());
                return json -> writeScalars(json, run, points);
              });
    }
    return StoredSeries.of(run, request.plugin(), request.tag(), most)
        .filter(series -> !request.plugin().equals("images") || hasImages(series, request))
        .map(
            series -> {
              count.add(series.records().size(), series.seen());
              return request.plugin().equals("images")
                  ? json -> writeImages(json, run, series, request)
                  : json -> writeHistograms(json, run, series);
            });
  }

  private static boolean hasImages(StoredSeries series, TimeSeriesRequest request) {
    return request.sample() >= 0
        && series.records().stream().anyMatch(record -> record.samples() > request.sample());
  }

  private static void writeScalars(JsonGenerator json, Run run, ScalarPoints points)
      throws IOException {
    json.writeArrayFieldStart(run.name());
    for (int i = 0; i < points.size(); i++) {
      startPoint(json, points.wallTime(i), points.step(i));
      json.writeNumberField("value", points.value(i));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeHistograms(JsonGenerator json, Run run, StoredSeries series)
      throws IOException {
    List<Point<HistogramBuckets>> points;
    try {
      points = Point.read(series.records(), HistogramBuckets::of);
    } catch (IOException e) {
      return; // Its files are gone, as if there had never been such a series.
    }
    json.writeArrayFieldStart(run.name());
    for (Point<HistogramBuckets> point : points) {
      startPoint(json, point.wallTime(), point.step());
      json.writeArrayFieldStart("bins");
      HistogramBuckets buckets = point.value();
      for (int i = 0; i < buckets.size(); i++) {
        json.writeStartObject();
        json.writeNumberField("min", buckets.left(i));
        json.writeNumberField("max", buckets.right(i));
        json.writeNumberField("count", buckets.count(i));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeImages(
      JsonGenerator json, Run run, StoredSeries series, TimeSeriesRequest request)
      throws IOException {
    json.writeArrayFieldStart(run.name());
    for (EventRecord record : series.records()) {
      if (record.samples() > request.sample()) {
        startPoint(json, record.wallTime(), record.step());
        int index = Images.FIRST + request.sample();
        json.writeStringField(
            "imageId", new BlobKey(run.name(), request.tag(), record.step(), index).encode());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static void startPoint(JsonGenerator json, double wallTime, long step)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("wallTime", wallTime);
    json.writeNumberField("step", step);
  }
}
