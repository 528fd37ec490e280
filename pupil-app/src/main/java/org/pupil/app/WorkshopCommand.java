package org.pupil.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupil.app.WorkshopPage.Step;
import org.pupil.errors.PupilException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code pupil workshop}: leads through the stations of the workshop. Before each command it is
 * noted how far the person is, so whatever ends the program, it goes on there.
 */
@Command(
    name = "workshop",
    aliases = "learn",
    header = "Leads you through the workshop: train a classifier, watch it, question it.",
    description = {
      "",
      "Eight stations with things to read, commands and questions. Each command is shown before it is run: Enter runs it, s leaves it out, q ends. Stop at any time, also with Ctrl+C: the next pupil workshop in this folder goes on there. Needs no network. The same stations are pages to read in docs/workshop.",
      "",
      "  pupil workshop",
      "  pupil workshop --station 4",
      ""
    },
    customSynopsis = "pupil workshop [FLAG...]",
    sortOptions = false)
final class WorkshopCommand implements Callable<ExitStatus> {
  private static final Path PHOTOS = Path.of("examples", "photos");

  private final Terminal terminal;
  private final Launcher launcher;
  private final WorkshopShell shell;
  private final BufferedReader answers;
  private final Optional<Path> program;
  private final Path here;

  @Option(
      names = "--station",
      paramLabel = "N",
      description = "The station to begin with, 1 to 8. Default: where you stopped, or the first")
  private @Nullable Integer station;

  /** The board, while it is open. */
  private Optional<WorkshopShell.Server> server = Optional.empty();

  /** Somebody wants to stop. */
  private boolean isOver;

  WorkshopCommand(Terminal terminal, Map<String, String> environment) {
    this(
        terminal,
        Launcher.of(environment),
        WorkshopShell.ofSystem(Launcher.of(environment)),
        System.in,
        Launcher.folder(environment),
        Path.of(""));
  }

  /**
   * @param answers what the person types, in lines
   * @param program the folder of the launcher, which has the example photos, if it is known
   * @param here the working folder
   */
  WorkshopCommand(
      Terminal terminal,
      Launcher launcher,
      WorkshopShell shell,
      InputStream answers,
      Optional<Path> program,
      Path here) {
    this.terminal = terminal;
    this.launcher = launcher;
    this.shell = shell;
    this.answers = new BufferedReader(new InputStreamReader(answers, UTF_8));
    this.program = program;
    this.here = here;
  }

  @Override
  public ExitStatus call() {
    List<WorkshopPage> pages = WorkshopPages.all();
    WorkshopProgress from = from(pages);
    list(pages, from);
    if (asked("Enter begins, q ends").isEmpty()) {
      say("");
      return ExitStatus.OK; // nobody is there
    }
    if (!isOver) {
      bringPhotos();
    }
    int at = from.station();
    int step = from.step();
    try {
      while (!isOver && at <= pages.size()) {
        go(pages.get(at - 1), at, step);
        at++;
        step = 0;
      }
    } finally {
      endServer(); // whatever went wrong in the middle of a station
    }
    say(
        isOver
            ? "Go on with: " + launcher.line("workshop")
            : "That was the workshop. How to go on stands in docs/workshop/8-the-coding-challenge.md");
    return ExitStatus.OK;
  }

  private WorkshopProgress from(List<WorkshopPage> pages) {
    if (station != null) {
      if (station < 1 || station > pages.size()) {
        throw PupilException.usage(
            "--station must be 1 to %d, was %d".formatted(pages.size(), station));
      }
      return new WorkshopProgress(station, 0);
    }
    return WorkshopProgress.read(here.resolve(WorkshopProgress.FILE), pages)
        .orElse(WorkshopProgress.BEGINNING);
  }

  private void list(List<WorkshopPage> pages, WorkshopProgress from) {
    say("The workshop: train an image classifier, watch it learn, and ask it questions.");
    say("");
    for (int i = 0; i < pages.size(); i++) {
      boolean isNext = i + 1 == from.station();
      say((isNext ? "> " : "  ") + pages.get(i).title());
    }
    say("");
    if (!from.equals(WorkshopProgress.BEGINNING) && station == null) {
      say(
          "You are in station %d. To begin with another: %s"
              .formatted(from.station(), launcher.line("workshop --station 1")));
    }
  }

  /** All commands are about the example photos, which lie beside the launcher. */
  private void bringPhotos() {
    if (Files.isDirectory(here.resolve(PHOTOS))) {
      return;
    }
    Optional<Path> there = program.map(folder -> folder.resolve("examples"));
    if (there.isEmpty() || !Files.isDirectory(there.get())) {
      throw PupilException.badInput(
          "there is no folder %s here: start the workshop in Pupil's own folder, or copy its folder examples to this one"
              .formatted(PHOTOS));
    }
    say("The workshop needs the example photos in this folder.");
    say("");
    command(
        new WorkshopPage.Command("cp -r " + ShellWord.of(there.get().toString()) + " .", true),
        List.of());
  }

  private void go(WorkshopPage page, int number, int first) {
    say("");
    say("=".repeat(page.title().length()));
    say(page.title());
    say("=".repeat(page.title().length()));
    List<Step> steps = page.steps();
    for (int i = first; i < steps.size() && !isOver; i++) {
      new WorkshopProgress(number, i).write(here.resolve(WorkshopProgress.FILE));
      if (steps.get(i) instanceof WorkshopPage.Command command) {
        command(command, page.troubles());
      } else {
        read((WorkshopPage.Reading) steps.get(i));
        boolean isNextCommand =
            i + 1 < steps.size() && steps.get(i + 1) instanceof WorkshopPage.Command;
        boolean isNextAnswer =
            i + 1 < steps.size()
                && steps.get(i + 1) instanceof WorkshopPage.Reading next
                && next.isAnswer();
        if (!isOver && !isNextCommand && !isNextAnswer) {
          var unused = asked("Enter goes on, q ends");
        }
      }
    }
    endServer();
    if (!isOver) {
      new WorkshopProgress(number, steps.size()).write(here.resolve(WorkshopProgress.FILE));
    }
  }

  private void endServer() {
    server.ifPresent(WorkshopShell.Server::close);
    server = Optional.empty();
  }

  private void read(WorkshopPage.Reading reading) {
    say("");
    if (reading.isAnswer()) {
      var unused = asked("What do you think? Enter shows the answer, q ends");
      if (isOver) {
        return;
      }
      say("");
    }
    reading.lines().forEach(this::say);
  }

  private void command(WorkshopPage.Command command, List<String> troubles) {
    say("");
    say("$ " + command.line().replace("./pupil ", launcher.line("")));
    if (!command.isRun()) {
      var unused = asked("This is for you to type elsewhere. Enter goes on, q ends");
      return;
    }
    boolean isAgain = true;
    while (isAgain && !isOver) {
      Optional<String> answer = asked("Enter runs it, s skips it, q ends");
      if (isOver || answer.orElse("q").equals("s")) {
        return;
      }
      isAgain = !answer.orElse("").isEmpty() || !run(command, troubles);
    }
  }

  /** Whether it ended well; if not, the person may try again. */
  private boolean run(WorkshopPage.Command command, List<String> troubles) {
    if (command.isServer()) {
      endServer();
      server = Optional.of(shell.start(command.line()));
      say("(It stays open until the end of this station.)");
      return true;
    }
    int status = shell.run(command.line());
    // check ends with a status of its own where photos are spoiled, and training where it diverges.
    if (status == 0
        || status == ExitStatus.FOUND_WANTING.code()
        || status == ExitStatus.DIVERGED.code()) {
      return true;
    }
    say("");
    say("That ended with status %d. When it goes wrong:".formatted(status));
    troubles.forEach(this::say);
    say("");
    return false;
  }

  /**
   * Asks and waits.
   *
   * @return what was typed, in lower case; empty if nobody will type any more, and then it is over
   */
  private Optional<String> asked(String question) {
    terminal.out().print("[" + question + "] ");
    terminal.out().flush();
    terminal.checkOut();
    String line;
    try {
      line = answers.readLine();
    } catch (IOException e) {
      line = null;
    }
    if (line == null) {
      isOver = true;
      say("");
      return Optional.empty();
    }
    String typed = line.strip().toLowerCase(Locale.ROOT);
    isOver |= typed.equals("q");
    return Optional.of(typed);
  }

  private void say(String line) {
    boolean isVerbatim = line.startsWith("$ ") || line.startsWith("    ");
    if (terminal.outIsTerminal() && !isVerbatim) {
      boolean isProse = !line.isEmpty() && !" *".contains(line.substring(0, 1));
      List<String> parts = LineWrap.lines(line, terminal.helpColumns());
      for (int i = 0; i < parts.size(); i++) {
        terminal.out().println(isProse && i > 0 ? parts.get(i).stripLeading() : parts.get(i));
      }
      terminal.out().flush();
    } else {
      terminal.data().println(line); // what is typed can be copied in one piece
      terminal.data().flush();
    }
  }
}
