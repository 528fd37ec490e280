package org.pupil.board.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupil.board.log.TestLog.append;
import static org.pupil.board.log.TestLog.bytes;
import static org.pupil.board.log.TestLog.scalar;
import static org.pupil.board.log.TestLog.version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.log.EventReader;
import org.pupil.log.proto.Event;

class ReplacedFilesTest {
  private static final byte[] OLD = curve(10, 20, 0.5f);

  @TempDir Path folder;
  private int replacements;

  private static byte[] curve(double begin, int points, float value) {
    Event[] events = new Event[points + 1];
    events[0] = version(begin);
    for (int i = 0; i < points; i++) {
      events[i + 1] = scalar(begin + i, i, "x", value);
    }
    return bytes(events);
  }

  /** Writes into the file that is there, or moves another one to its place. */
  private void replace(Path file, byte[] bytes, boolean inPlace) throws IOException {
    if (inPlace) {
      Files.write(file, bytes);
    } else {
      Path other = Files.write(folder.resolve("other" + replacements), bytes);
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000 + ++replacements));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLongerAShorterAndAnEquallyLongFileAreReadAnew(boolean inPlace) throws IOException {
    Path file = append(folder.resolve("r"), "1.a", OLD);
    try (TestLogs logs = new TestLogs(folder)) {
      assertThat(logs.values("r", "x")).hasSize(20).containsOnly(0.5);
      for (int points : new int[] {30, 5, 5, 7}) {
        long version = logs.logs.run("r").orElseThrow().version();
        float value = points + replacements;
        replace(file, curve(1000 * replacements, points, value), inPlace);
        logs.reload();
        assertThat(logs.values("r", "x")).hasSize(points).containsOnly((double) value);
        assertThat(logs.logs.files().get(0).kind()).isEqualTo(EventReader.Kind.AT_END);
        assertThat(logs.notes("r")).containsExactly("");
        assertThat(logs.logs.run("r").orElseThrow().version()).isGreaterThan(version);
      }
    }
  }

  /** Its times are the same, so only the values tell. */
  @Test
  void aFileThatDiffersInTheMiddleOnlyIsReadAnewAndAnotherRevision() throws IOException {
    Path file = append(folder, "1.a", OLD);
    try (TestLogs logs = new TestLogs(folder)) {
      int revision = logs.points(".", "x").revision();
      byte[] other = bytes(scalar(19, 9, "x", 7));
      byte[] changed = OLD.clone();
      System.arraycopy(
          other,
          0,
          changed,
          bytes(version(10)).length + bytes(scalar(10, 0, "x", 1)).length + 8 * other.length,
          other.length);
      replace(file, changed, true);
      assertThat(logs.reload().values(".", "x").get(9)).isEqualTo(7);
      assertThat(logs.points(".", "x").revision()).isNotEqualTo(revision);
    }
  }

  @Test
  void aFileThatWasCopiedAnewWithMoreIsGoneOnWith() throws IOException {
    Path file = append(folder, "1.a", OLD);
    try (TestLogs logs = new TestLogs(folder)) {
      int revision = logs.points(".", "x").revision();
      byte[] more = bytes(scalar(900, 900, "x", 1));
      byte[] grown = Arrays.copyOf(OLD, OLD.length + more.length);
      System.arraycopy(more, 0, grown, OLD.length, more.length);
      replace(file, grown, false);
      assertThat(logs.reload().steps(".", "x")).hasSize(21).endsWith(900L);
      assertThat(logs.points(".", "x").revision()).isEqualTo(revision);
      Files.setLastModifiedTime(file, FileTime.fromMillis(77));
      assertThat(logs.reload().points(".", "x").revision()).isEqualTo(revision);
    }
  }

  @Test
  void aFileThatWentAndAnotherOfItsNameAreNotMixed() throws IOException {
    Path file = append(folder, "1.a", OLD);
    append(folder, "2.a", bytes(scalar(5000, 0, "y", 1)));
    try (TestLogs logs = new TestLogs(folder)) {
      Files.delete(file);
      assertThat(logs.reload().steps(".", "x")).hasSize(20);
      append(folder, "1.a", curve(3000, 25, 2));
      assertThat(logs.reload().values(".", "x")).hasSize(25).containsOnly(2.0);
      assertThat(logs.steps(".", "y")).containsExactly(0L);
    }
  }

  @Test
  void aDamagedFileThatWasMendedIsGoneOnWith() throws IOException {
    byte[] damaged = OLD.clone();
    damaged[OLD.length - 30] ^= 1;
    Path file = append(folder, "1.a", damaged);
    try (TestLogs logs = new TestLogs(folder)) {
      assertThat(logs.logs.files().get(0).kind()).isEqualTo(EventReader.Kind.CORRUPT);
      replace(file, OLD, true);
      assertThat(logs.reload().steps(".", "x")).hasSize(20);
      assertThat(logs.logs.files().get(0).kind()).isEqualTo(EventReader.Kind.AT_END);
      assertThat(logs.logs.files().get(0).records()).isEqualTo(21);
    }
  }
}
