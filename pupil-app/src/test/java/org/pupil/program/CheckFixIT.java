package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pupil check --fix}: the questions at a terminal, key by key. */
class CheckFixIT {
  private static final String ASKED = "[y/n/a/q] ";
  private static final String ARROW_UP = "\u001b[A";
  private static final String CONTROL_C = "\u0003";

  /** JLine finds no way to single keys, as on Windows. */
  private static final String ONLY_LINES = "-Dorg.jline.terminal.exec=false";

  /** Says at last whether the terminal is as a shell needs it: waiting for Enter, and echoing. */
  private static final String TERMINAL =
      "; echo status=$?; stty -a | grep -cw -e '-icanon' -e '-echo'";

  @TempDir private Path folder;
  private Path photos;
  private PupilProgram pupil;
  private List<String> before;

  /** Four files that had better be taken out, in this order. */
  @BeforeEach
  void photosWithFaults() throws IOException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "script(1) differs elsewhere");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no script(1) here");
    pupil = PupilProgram.in(folder);
    photos = Photos.birdsAndFruit(folder.resolve("photos"), 20, 21);
    Files.delete(photos.resolve("fruit/mango.jpg")); // it is nearly the kiwi
    for (int i = 1; i <= 4; i++) {
      Files.write(photos.resolve("bird/empty" + i + ".jpg"), new byte[0]);
    }
    before = files();
  }

  private RunningPupil fix() {
    return pupil.startTyping(
        "trap : INT; pupil check --image_dir=photos --fix=out " + Photos.QUICK + TERMINAL);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(photos)) {
      return all.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    }
  }

  private List<String> moved() {
    return Stream.of(1, 2, 3, 4)
        .map(i -> "empty" + i + ".jpg")
        .filter(name -> Files.exists(folder.resolve("out/bird").resolve(name)))
        .toList();
  }

  /**
   * The program ended so, the terminal is as it was, these were moved, and the line that the
   * program names undoes it.
   */
  private PupilRun endedWith(int status, RunningPupil running, String... moved) throws IOException {
    PupilRun run =
        running
            .end()
            .exitedWith(1) // of grep, which found none
            .outContains("status=" + status + "\r\n0\r\n");
    assertThat(moved()).containsExactly(moved);
    if (moved.length > 0) {
      run.outContains("To bring them back:\r\n  pupil check --undo out/moved-");
      String undo = run.out().replaceAll("(?s).*pupil (check --undo \\S+).*", "$1");
      pupil.run((Object[]) undo.split(" ", -1)).exitedWith(0);
    } else {
      run.outContains("No photo was moved\r\n");
    }
    assertThat(files()).isEqualTo(before);
    return run;
  }

  @Test
  void oneKeyAnswersForOnePhoto() throws IOException {
    RunningPupil running =
        fix()
            .type("(1 of 4) " + ASKED, "y")
            .type("(2 of 4) " + ASKED, "n")
            .type("(3 of 4) " + ASKED, "Y")
            .type("(4 of 4) " + ASKED, "q");
    endedWith(7, running, "empty1.jpg", "empty3.jpg").outContains("Moved 2 photos to out. ");
  }

  @Test
  void aMovesAllThatFollow() throws IOException {
    RunningPupil running = fix().type(ASKED, "n").type(ASKED, "a");
    endedWith(7, running, "empty2.jpg", "empty3.jpg", "empty4.jpg")
        .outContains("Moved 3 photos to out. ");
  }

  /** The A of an arrow up is not the a of all. */
  @Test
  void otherKeysAnswerNothing() throws IOException {
    RunningPupil running = fix();
    for (String key : List.of("x", "\r", " ", ARROW_UP, "\u00e4", "\u001b", "\t")) {
      running.type("(1 of 4) " + ASKED, key);
    }
    endedWith(7, running.type("(1 of 4) " + ASKED, "q"));
  }

  @Test
  void whatWasTypedBeforeTheFirstQuestionAnswersNothing() throws IOException {
    RunningPupil running = fix().type("", "aaaa").type("(1 of 4) " + ASKED, "q");
    endedWith(7, running).outContains("No photo was moved\r\n");
  }

  @Test
  void interruptedItSaysWhatWasMovedAndHowItComesBack() throws IOException {
    RunningPupil running = fix().type(ASKED, "y").type(ASKED, CONTROL_C);
    endedWith(130, running, "empty1.jpg").outContains(ASKED + "\r\nMoved 1 photo to out. ");
  }

  @Test
  void theEndOfTheInputIsTheEnd() throws IOException {
    RunningPupil running = fix().type(ASKED, "y").typeNoMore(ASKED);
    endedWith(7, running, "empty1.jpg").outContains("Moved 1 photo to out. ");
  }

  @Test
  void whereNoSingleKeysCanBeHadLinesAnswer() throws IOException {
    pupil = pupil.with("PUPIL_JAVA_OPTS", ONLY_LINES);
    RunningPupil running =
        fix()
            .type("(1 of 4) " + ASKED, "yes\n")
            .type("(2 of 4) " + ASKED, "\n")
            .type("(2 of 4) " + ASKED, "no\n")
            .type("(3 of 4) " + ASKED, "q\n");
    endedWith(7, running, "empty1.jpg")
        .outContains("Keys, each with Enter: ", "Moved 1 photo to out. ");
  }

  @Test
  void aDumbTerminalGivesLines() throws IOException {
    RunningPupil running =
        pupil.startTyping(
            "trap : INT; TERM=dumb pupil check --image_dir=photos --fix=out "
                + Photos.QUICK
                + TERMINAL);
    running.type(ASKED, "y\n").type("(2 of 4) " + ASKED, "\u0004");
    endedWith(7, running, "empty1.jpg")
        .outContains("Keys, each with Enter: ", "Moved 1 photo to out. ");
  }

  @Test
  void whereThereIsNothingToMoveNothingIsAsked() throws IOException {
    for (int i = 1; i <= 4; i++) {
      Files.delete(photos.resolve("bird/empty" + i + ".jpg"));
    }
    before = files();
    assertThat(endedWith(0, fix()).out()).doesNotContain("Keys", ASKED);
  }
}
