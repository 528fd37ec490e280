package org.pupil.board.plugins.scalars;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.board.LogBuilder;
import org.pupil.board.LogValues;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.LogLimits;
import org.pupil.board.log.LogRoot;
import org.pupil.board.log.ScalarPoints;
import org.pupil.board.plugins.scalars.CompactPoints.Known;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.TensorProto;

class CompactPointsTest {
  @TempDir Path folder;

  private static Event doubleScalar(double wallTime, long step, double value) {
    Summary.Value.Builder written =
        LogValues.tensor(
            "loss",
            "scalars",
            "",
            TensorProto.newBuilder().setDtype(DataType.DT_DOUBLE).addDoubleVal(value));
    return Event.newBuilder()
        .setWallTime(wallTime)
        .setStep(step)
        .setSummary(Summary.newBuilder().addValue(written))
        .build();
  }

  private static Event scalar(double wallTime, long step, float value) {
    return Event.newBuilder()
        .setWallTime(wallTime)
        .setStep(step)
        .setSummary(
            Summary.newBuilder()
                .addValue(Summary.Value.newBuilder().setTag("loss").setSimpleValue(value)))
        .build();
  }

  private Optional<ScalarPoints> points(Event... events) {
    Path run = folder.resolve("r" + events.length);
    try (LogBuilder log = new LogBuilder(run)) {
      for (Event event : events) {
        log.event(event);
      }
    }
    try (EventLogs logs =
        new EventLogs(
            List.of(new LogRoot("", folder)),
            new LogLimits(1_000_000, 1000, 1),
            Clock.systemUTC())) {
      logs.reload();
      return logs.run(run.getFileName().toString()).orElseThrow().scalars("loss");
    }
  }

  private Optional<ScalarPoints> threePoints() {
    return points(scalar(100.5, 0, 1f), scalar(102.25, 7, 2.5f), scalar(104, 9, Float.NaN));
  }

  private static ByteBuffer bytes(int most, Optional<ScalarPoints> series, Known known) {
    CompactPoints points = new CompactPoints(most);
    points.add(series, known);
    return ByteBuffer.wrap(points.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void eachSeriesStandsAtAMultipleOfEightBytes() {
    CompactPoints points = new CompactPoints(Integer.MAX_VALUE);
    points.add(threePoints(), Known.NOTHING);
    points.add(Optional.empty(), Known.NOTHING);
    points.add(points(scalar(50, 3, 8f)), Known.NOTHING);
    ByteBuffer bytes = ByteBuffer.wrap(points.bytes()).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(bytes.capacity()).isEqualTo(96 + 32 + 56);
    assertThat(bytes.getInt(0)).isEqualTo(3);
    assertThat(bytes.getInt(4)).isZero();
    assertThat(bytes.getLong(8)).isEqualTo(3);
    assertThat(bytes.getInt(16)).isEqualTo(3);
    assertThat(bytes.getInt(20)).isEqualTo(4);
    assertThat(bytes.getDouble(32 + 8)).isEqualTo(7);
    assertThat(bytes.getDouble(32 + 24 + 8)).isEqualTo(102.25);
    assertThat(bytes.getFloat(32 + 48 + 4)).isEqualTo(2.5f);
    assertThat(bytes.getFloat(32 + 48 + 8)).isNaN();
    assertThat(bytes.getInt(96)).isEqualTo(-1);
    assertThat(bytes.getInt(128)).isEqualTo(1);
    assertThat(bytes.getDouble(128 + 32)).isEqualTo(3);
    assertThat(bytes.getFloat(128 + 48)).isEqualTo(8f);
  }

  @Test
  void ofASeriesThatHasGrownThereAreTheNewPointsOnly() {
    Optional<ScalarPoints> three = threePoints();
    ByteBuffer bytes = bytes(100, three, new Known(2, 102.25, 0));

    assertThat(bytes.getInt(0)).isEqualTo(1);
    assertThat(bytes.getInt(4)).isEqualTo(2);
    assertThat(bytes.getInt(16)).isEqualTo(3);
    assertThat(bytes.getDouble(32)).isEqualTo(9);
    assertThat(bytes(100, three, new Known(3, 104, 0)).getInt(0)).isZero();
  }

  @Test
  void ofASeriesThatBeganAnewThereIsEverything() {
    assertThat(bytes(100, threePoints(), new Known(2, 99, 0)).getInt(0)).isEqualTo(3);
    assertThat(bytes(100, threePoints(), new Known(4, 104, 0)).getInt(0)).isEqualTo(3);
    assertThat(bytes(100, threePoints(), new Known(-1, 104, 0)).getInt(0)).isEqualTo(3);
    // Read anew from a file of the same times.
    assertThat(bytes(100, threePoints(), new Known(2, 102.25, 1)).getInt(0)).isEqualTo(3);
  }

  @Test
  void aSeriesThatIsTooLongIsThinnedAndSaysSo() {
    ByteBuffer bytes = bytes(2, threePoints(), new Known(2, 102.25, 0));

    assertThat(bytes.getInt(0)).isEqualTo(2);
    assertThat(bytes.getInt(4)).isZero();
    assertThat(bytes.getLong(8)).isEqualTo(3);
    assertThat(bytes.getInt(16)).isEqualTo(3);
    assertThat(bytes.getDouble(32 + 8)).isEqualTo(9);
  }

  @Test
  void aValueThatNeedsDoublePrecisionKeepsIt() {
    ByteBuffer bytes =
        bytes(100, points(scalar(1, 0, 0.5f), doubleScalar(2, 1, 1700000000.123)), Known.NOTHING);

    assertThat(bytes.getInt(20)).isEqualTo(8);
    assertThat(bytes.getDouble(32 + 32)).isEqualTo(0.5);
    assertThat(bytes.getDouble(32 + 32 + 8)).isEqualTo(1700000000.123);
    assertThat(bytes.capacity()).isEqualTo(32 + 48);
  }
}
