package org.pupil.board.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.log.EventWriter;
import org.pupil.log.SummaryValues;

class InspectionTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void log() throws IOException {
    SummaryValues values = new SummaryValues();
    try (EventWriter writer = EventWriter.open(folder, Clock.systemUTC(), "test")) {
      for (int step : new int[] {0, 10, 20, 5, 20}) {
        values.clear().scalar("loss", step).scalar("accuracy", 1);
        writer.write(step, values);
      }
      values.clear().text("note", "words");
      writer.write(20, values);
      file = writer.file();
    }
  }

  private static String printed(Inspection inspection) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    inspection.print(new PrintStream(out, true, UTF_8));
    return out.toString(UTF_8);
  }

  @Test
  void tagsAndStepsArePrintedAsTensorBoardDoes() {
    Inspection inspection = Inspection.of("here", List.of(file), Optional.empty());
    assertThat(printed(inspection))
        .isEqualTo(
            """
            These tags are in here:
            audio -
            histograms -
            images -
            scalars
               accuracy
               loss
            tensor
               note
            ======================================================================

            Event statistics for here:
            audio -
            graph -
            histograms -
            images -
            scalars
               first_step           0
               last_step            20
               max_step             20
               min_step             0
               num_steps            4
               outoforder_steps     [(20, 5)]
            sessionlog:checkpoint -
            sessionlog:start
               outoforder_steps     []
               steps                [0]
            sessionlog:stop
               outoforder_steps     []
               steps                [20]
            tensor
               first_step           20
               last_step            20
               max_step             20
               min_step             20
               num_steps            1
               outoforder_steps     []
            ======================================================================

            """);
    assertThat(inspection.damages()).isEmpty();
  }

  @Test
  void oneTagAlone() {
    assertThat(printed(Inspection.of("here", List.of(file), Optional.of("loss"))))
        .isEqualTo(
            """
            Event statistics for tag loss in here:
            scalars
               first_step           0
               last_step            20
               max_step             20
               min_step             0
               num_steps            4
               outoforder_steps     [(20, 5)]
            ======================================================================

            """);
  }

  @Test
  void aDamagedFileIsSaid() throws IOException {
    Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    assertThat(Inspection.of("here", List.of(file), Optional.empty()).damages())
        .singleElement()
        .asString()
        .startsWith(file + " waits at offset ");
  }
}
