package org.pupil.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.files.FolderTree;
import org.pupil.log.EventReader;

/** A log that cannot be written is told once, and costs neither the training run nor the model. */
class MissingLogsTest {
  private static final String TRAIN = "curves of train";
  private static final String VALIDATION = "curves of validation";
  private static final String SESSION = "settings, scores and pictures of the training run";
  private static final String PROJECTOR = "photos in the projector";

  @TempDir Path folder;
  private TestRun testRun;

  @BeforeEach
  void paint() {
    testRun = new TestRun(folder).inSteps(25);
  }

  private interface Deed {
    void run() throws IOException;
  }

  private static Runnable unchecked(Deed deed) {
    return () -> {
      try {
        deed.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private void assertModelIsWhole(RunResult report) {
    assertThat(testRun.graph).isRegularFile();
    assertThat(testRun.labels).hasContent("apple\nleaf\nsky");
    assertThat(report.outputs().evaluation()).isRegularFile();
    assertThat(testRun.heard.logFailures).hasSize(1);
    assertThat(testRun.heard.logFailures.get(0)).doesNotContain("\n");
  }

  private List<Path> eventFiles(String run) throws IOException {
    try (Stream<Path> files = Files.list(testRun.summaries.resolve(run))) {
      return files.filter(file -> file.toString().contains("tfevents")).toList();
    }
  }

  /** It is begun beside the training, and the files of the projector before it. */
  private void awaitSessionLog() throws IOException {
    while (eventFiles("").isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private int events(String run) throws IOException {
    int count = 0;
    for (Path file : eventFiles(run)) {
      try (EventReader reader = EventReader.of(file)) {
        while (reader.next()) {
          count++;
        }
        assertThat(reader.status().kind()).isEqualTo(EventReader.Kind.AT_END);
      }
    }
    return count;
  }

  @ParameterizedTest
  @CsvSource({"train, curves of train", "validation, curves of validation"})
  void aRunWhoseFolderCannotBeMadeIsMissingAndTheOthersAreWhole(String run, String missing)
      throws IOException {
    testRun.heard.whenBottlenecksAreReady =
        unchecked(
            () -> {
              Files.createDirectories(testRun.summaries);
              Files.writeString(testRun.summaries.resolve(run), "a file");
            });
    RunResult report = testRun.run();
    assertModelIsWhole(report);
    assertThat(report.missingLogs()).containsExactly(missing);
    assertThat(testRun.heard.logFailures.get(0))
        .contains(testRun.summaries.resolve(run).toString(), "summariesDir");
    assertThat(events(run.equals("train") ? "validation" : "train")).isGreaterThan(5);
    assertThat(events("")).isEqualTo(6);
  }

  @Test
  void withoutAnyPlaceForLogsAllAreMissing() {
    testRun.heard.whenBottlenecksAreReady =
        unchecked(
            () -> {
              FolderTree.delete(testRun.summaries); // where the run has said that it is there
              Files.writeString(testRun.summaries, "a file");
            });
    RunResult report = testRun.run();
    assertModelIsWhole(report);
    assertThat(report.missingLogs())
        .containsExactlyInAnyOrder(TRAIN, VALIDATION, SESSION, PROJECTOR);
  }

  @Test
  void logsThatAreRemovedInTheMiddleAreMissing() {
    testRun.heard.whenFirstEvaluated =
        unchecked(
            () -> {
              awaitSessionLog();
              FolderTree.delete(testRun.summaries);
            });
    RunResult report = testRun.run();
    assertModelIsWhole(report);
    assertThat(report.missingLogs()).contains(TRAIN, VALIDATION, SESSION);
    assertThat(testRun.heard.logFailures.get(0)).contains("was removed while it was written");
  }

  @Test
  void anotherFileInPlaceOfTheProjectorsCostsOnlyTheProjector() throws IOException {
    testRun.heard.whenFirstEvaluated =
        unchecked(
            () -> {
              awaitSessionLog();
              Path table = testRun.summaries.resolve("metadata.tsv");
              Files.delete(table);
              Files.createDirectory(table);
            });
    RunResult report = testRun.run();
    assertModelIsWhole(report);
    assertThat(report.missingLogs()).containsExactly(PROJECTOR);
    assertThat(events("")).isEqualTo(6);
    assertThat(events("train")).isEqualTo(29);
  }

  @Test
  void aCacheThatIsGoneByThenCostsOnlyTheThumbnails() throws IOException {
    testRun.heard.whenBottlenecksAreReady =
        unchecked(
            () -> {
              // Another program's file by the time the thumbnails are wanted.
              FolderTree.delete(testRun.bottlenecks);
              Files.createDirectory(testRun.bottlenecks);
              Files.writeString(testRun.bottlenecks.resolve("bottlenecks.db"), "a".repeat(5000));
            });
    RunResult report = testRun.run();
    assertModelIsWhole(report);
    assertThat(report.missingLogs()).containsExactly("thumbnails of photos");
    assertThat(testRun.heard.logFailures.get(0)).contains("bottlenecks.db");
    assertThat(events("")).isEqualTo(6);
    assertThat(testRun.summaries.resolve("metadata.tsv")).isRegularFile();
    assertThat(testRun.summaries.resolve("sprite.jpg")).doesNotExist();
  }
}
