package org.pupil.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;
import org.pupil.program.Checkout;
import picocli.CommandLine;

class WorkshopCommandTest {
  @TempDir private Path folder;

  private final TestTerminal terminal = TestTerminal.redirected();
  private final List<String> typed = new ArrayList<>();
  private int status;

  /** Notes what would be run. */
  private final WorkshopShell shell =
      new WorkshopShell() {
        @Override
        public int run(String line) {
          typed.add(line);
          return status;
        }

        @Override
        public Server start(String line) {
          typed.add("start " + line);
          return () -> typed.add("end");
        }
      };

  private ExitStatus go(String answers, String... flags) {
    WorkshopCommand command =
        new WorkshopCommand(
            terminal.terminal(),
            Launcher.PLAIN,
            shell,
            new ByteArrayInputStream(answers.getBytes(UTF_8)),
            Optional.of(Checkout.folder()),
            folder);
    new CommandLine(command).parseArgs(flags);
    return command.call();
  }

  private void withPhotos() throws Exception {
    Files.createDirectories(folder.resolve("examples/photos"));
  }

  @Test
  void whereNobodyAnswersItListsTheStations() {
    assertThat(go("")).isEqualTo(ExitStatus.OK);
    assertThat(terminal.out())
        .contains("> Station 1: What is image classification?", "Station 8: The coding challenge");
    assertThat(typed).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void commandsAreShownBeforeTheyAreRunAndCanBeSkipped() throws Exception {
    withPhotos();
    // Enter begins; Enter after the introduction and the first section; s, Enter, q.
    go("\n\n\ns\n\nq\n");
    assertThat(typed)
        .containsExactly(
            "cp -r examples/photos/bird examples/photos/flower examples/photos/mammal three-kinds");
    assertThat(terminal.out())
        .contains("$ mkdir three-kinds\n", "$ pupil retrain --image_dir three-kinds")
        .endsWith("Go on with: pupil workshop\n");
  }

  @Test
  void itGoesOnWhereItStopped() throws Exception {
    withPhotos();
    go("\n\n\n\n\nq\n");
    typed.clear();
    go("\n\nq\n");
    assertThat(typed)
        .containsExactly(
            "./pupil retrain --image_dir three-kinds --architecture mobilenet_0.25_224 --logging_verbosity ERROR");
    // Whoever wants another station gets it.
    typed.clear();
    go("\n\n\nq\n", "--station=3");
    assertThat(typed).singleElement().asString().contains("--how_many_training_steps 200");
  }

  @Test
  void allStationsCanBeGoneThrough() throws Exception {
    withPhotos();
    assertThat(go("\n".repeat(300))).isEqualTo(ExitStatus.OK);
    assertThat(terminal.out())
        .contains("Station 8: The coding challenge\n===", "That was the workshop.");
    // The board stays open until the end of its station.
    int board = typed.indexOf("start ./pupil board --open");
    assertThat(board).isPositive();
    assertThat(typed.subList(board, typed.size()))
        .containsSubsequence("mkdir -p nonsense/heads nonsense/tails", "end", "mkdir holiday");
    assertThat(typed).hasSizeGreaterThan(40).noneMatch(line -> line.startsWith("java "));
  }

  @Test
  void aFailureIsExplainedAndTheCommandCanBeTriedAgain() throws Exception {
    withPhotos();
    status = 3;
    go("\n\n\n\n\ns\nq\n");
    assertThat(typed).containsExactly("mkdir three-kinds", "mkdir three-kinds");
    assertThat(terminal.out())
        .contains("That ended with status 3. When it goes wrong:", "you did this before");
  }

  @Test
  void photosAreBroughtWhereThereAreNone() {
    go("\n\nq\n");
    assertThat(typed).singleElement().asString().startsWith("cp -r ").endsWith("examples .");
  }

  @Test
  void aDamagedNoteIsABeginning() throws Exception {
    withPhotos();
    for (String content : List.of("", "station 9, step 1", "station 1, step 999", "\0\1")) {
      Files.writeString(folder.resolve(WorkshopProgress.FILE), content);
      TestTerminal own = TestTerminal.redirected();
      new WorkshopCommand(
              own.terminal(),
              Launcher.PLAIN,
              shell,
              new ByteArrayInputStream(new byte[0]),
              Optional.empty(),
              folder)
          .call();
      assertThat(own.out()).contains("> Station 1:");
    }
  }

  @Test
  void aStationThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> go("\n", "--station=9"))
        .isInstanceOf(PupilException.class)
        .hasMessage("--station must be 1 to 8, was 9");
  }
}
