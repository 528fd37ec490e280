package org.pupil.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.log.OwnEventFiles.Removal;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.SourceMetadata;

class OwnEventFilesTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1795480719L), ZoneOffset.UTC);

  @TempDir private Path folder;
  private Path run;

  @BeforeEach
  void makeTheRun() throws IOException {
    run = Files.createDirectories(folder.resolve("train"));
  }

  @Test
  void anEarlierTeachingsFileGoesAndTheNewOneStays() throws IOException {
    Path old = closedFile(CLOCK);
    try (EventWriter now = EventWriter.open(run, Clock.offset(CLOCK, Duration.ofHours(1)), "2")) {
      Removal removal = OwnEventFiles.remove(run, List.of(now.file().toAbsolutePath()));
      assertThat(removal).isEqualTo(new Removal(List.of(old), Map.of()));
      assertThat(filesInRun()).containsExactly(now.file());
      now.write(0, new SummaryValues().scalar("accuracy_1", 1));
      assertThat(Records.eventsOf(now.file())).hasSize(3);
    }
  }

  @Test
  void aFileThatWasCutWhereverAfterItsFirstRecordGoes() throws IOException {
    Path old = closedFile(CLOCK);
    byte[] all = Files.readAllBytes(old);
    Files.write(old, Arrays.copyOf(all, all.length - 5));
    assertThat(OwnEventFiles.remove(run, List.of()).deleted()).containsExactly(old);
  }

  @Test
  void filesOfOthersStay() throws IOException {
    byte[] pupils = Files.readAllBytes(closedFile(CLOCK));
    Path otherName = Files.write(run.resolve("events.out.tfevents.1795480719.vm"), pupils);
    Path otherEnding =
        Files.write(run.resolve("events.out.tfevents.1795480719.vm.1.0.pupil.bak"), pupils);
    Path notAnEventFile = Files.write(run.resolve("notes.pupil"), pupils);
    Path inSubfolder =
        Files.write(
            Files.createDirectory(run.resolve("sub"))
                .resolve("events.out.tfevents.1795480719.vm.1.0.pupil"),
            pupils);

    Removal removal = OwnEventFiles.remove(run, List.of());
    assertThat(removal.deleted()).hasSize(1);
    assertThat(removal.left()).isEmpty();
    assertThat(List.of(otherName, otherEnding, notAnEventFile, inSubfolder))
        .allMatch(Files::exists);
  }

  @Test
  void filesOfPupilsNameThatAnotherProgramWroteStay() throws IOException {
    Path byOther = named(1);
    Event first =
        Event.newBuilder()
            .setFileVersion("brain.Event:2")
            .setSourceMetadata(SourceMetadata.newBuilder().setWriter("tensorboard.summary.writer"))
            .build();
    Files.write(byOther, Records.record(first));
    Path empty = Files.createFile(named(2));
    Path noRecords = Files.writeString(named(3), "my precious diary, longer than twelve bytes");
    Path directory = Files.createDirectory(named(4));

    Removal removal = OwnEventFiles.remove(run, List.of());
    assertThat(removal.deleted()).isEmpty();
    String reason = "does not begin as Pupil's event files do";
    assertThat(reasons(removal))
        .isEqualTo(
            Map.of(byOther, reason, empty, reason, noRecords, reason, directory, "is not a file"));
    assertThat(removal.left().keySet()).allMatch(Files::exists);
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path target = elsewhere.resolve("kept");
    Files.move(closedFile(CLOCK), target);
    Path link = Files.createSymbolicLink(named(1), target);
    assertThat(reasons(OwnEventFiles.remove(run, List.of())))
        .isEqualTo(Map.of(link, "is a symbolic link"));
    assertThat(link).isSymbolicLink();
    assertThat(target).isRegularFile();

    Path linkedRun = Files.createSymbolicLink(folder.resolve("validation"), run);
    Path old = closedFile(CLOCK);
    assertThat(reasons(OwnEventFiles.remove(linkedRun, List.of())))
        .isEqualTo(Map.of(linkedRun, "is a symbolic link"));
    assertThat(old).isRegularFile();
  }

  @Test
  void aFolderThatIsNotThereHasNoFiles() throws Exception {
    assertThat(OwnEventFiles.remove(folder.resolve("nowhere"), List.of()))
        .isEqualTo(new Removal(List.of(), Map.of()));
  }

  @Test
  void aFileThatThisProcessIsWritingStays() throws Exception {
    try (EventWriter other = EventWriter.open(run, CLOCK, "1")) {
      assertThat(reasons(OwnEventFiles.remove(run, List.of())))
          .isEqualTo(Map.of(other.file(), "is being written"));
      assertThat(other.file()).isRegularFile();
    }
  }

  @Test
  void aFileThatAnotherProcessIsWritingStaysUntilThatIsKilled() throws Exception {
    Process other =
        new ProcessBuilder(ChildJvm.command(WriteUntilKilled.class, run))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("writing");
      assertThat(reasons(OwnEventFiles.remove(run, List.of()))).containsValue("is being written");
      assertThat(filesInRun()).hasSize(1);
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(Records.eventsOf(filesInRun().get(0)))
        .as("nothing that was written is lost to kill -9")
        .extracting(Event::getStep)
        .containsExactly(0L, 0L, 41L);
    assertThat(OwnEventFiles.remove(run, List.of()).deleted()).hasSize(1);
    assertThat(filesInRun()).isEmpty();
  }

  /** A second process that writes an event file and never closes it. */
  static final class WriteUntilKilled {
    private WriteUntilKilled() {}

    public static void main(String[] args) throws IOException {
      EventWriter writer = EventWriter.open(Path.of(args[0]), CLOCK, "1");
      writer.write(41, new SummaryValues().scalar("accuracy_1", 1));
      System.out.println("writing");
      int untilKilled = System.in.read();
      System.out.println(writer.file() + " was not killed: " + untilKilled);
    }
  }

  private Path closedFile(Clock clock) throws IOException {
    EventWriter writer = EventWriter.open(run, clock, "1");
    writer.close();
    return writer.file();
  }

  private Path named(int counter) {
    return run.resolve(EventFileName.of(CLOCK.instant(), "vm", 1, counter));
  }

  private List<Path> filesInRun() throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.toList();
    }
  }

  private static Map<Path, String> reasons(Removal removal) {
    Map<Path, String> reasons = new TreeMap<>();
    removal.left().forEach((file, reason) -> reasons.put(file, reason.getMessage()));
    return reasons;
  }
}
