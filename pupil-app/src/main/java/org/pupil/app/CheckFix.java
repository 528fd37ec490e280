package org.pupil.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pupil.check.CheckResult;
import org.pupil.check.PhotoMover;
import org.pupil.check.Proposal;
import org.pupil.errors.OneLine;

/** Moves the photos that a person agrees to take out, and brings them back. */
final class CheckFix {
  private static final int CONTROL_C = 3;
  private static final int CONTROL_D = 4;

  private final PhotoMover mover;
  private final Keys keys;
  private final Terminal terminal;
  private final Launcher launcher;
  private int moved;
  private int stayed;

  /** What a person answers. */
  private enum Answer {
    MOVE,
    KEEP,
    MOVE_ALL,
    QUIT
  }

  CheckFix(PhotoMover mover, Keys keys, Terminal terminal, Launcher launcher) {
    this.mover = mover;
    this.keys = keys;
    this.terminal = terminal;
    this.launcher = launcher;
  }

  /**
   * Moves photos.
   *
   * @param all whether nobody is asked
   */
  void of(CheckResult report, boolean all) {
    boolean asks = !all;
    if (asks) {
      say("Keys: y moves the photo, n keeps it, a moves it and all that follow, q ends");
    }
    for (Proposal proposal : Proposal.of(report)) {
      Answer answer =
          asks ? ask(proposal) : all && !proposal.isForAll() ? Answer.KEEP : Answer.MOVE;
      if (answer == Answer.QUIT) {
        break;
      }
      asks &= answer != Answer.MOVE_ALL;
      if (answer != Answer.KEEP) {
        move(proposal);
      }
    }
    tell();
  }

  private Answer ask(Proposal proposal) {
    say("%s: %s".formatted(proposal.photo().name(), proposal.finding().message()));
    while (true) {
      terminal.err().print("Move it? [y/n/a/q] ");
      terminal.err().flush();
      int key = keys.next();
      terminal.err().println(Character.isLetter(key) ? Character.toString(key) : "");
      switch (key) {
        case 'y', 'Y' -> {
          return Answer.MOVE;
        }
        case 'n', 'N' -> {
          return Answer.KEEP;
        }
        case 'a', 'A' -> {
          return Answer.MOVE_ALL;
        }
        case 'q', 'Q', Keys.END, CONTROL_C, CONTROL_D -> {
          return Answer.QUIT;
        }
        default -> {
          // Asks again.
        }
      }
    }
  }

  private void move(Proposal proposal) {
    if (mover.move(proposal.photo(), CheckFix.stays(terminal))) {
      moved++;
    } else {
      stayed++;
    }
  }

  private void tell() {
    String photos = moved == 1 ? "1 photo" : moved + " photos";
    String rest = stayed == 0 ? "" : String.format(Locale.ROOT, " (%d could not be moved)", stayed);
    if (mover.listFile().isEmpty()) {
      say("No photo was moved" + rest);
      return;
    }
    Path list = mover.listFile().get();
    say("Moved %s to %s%s. To bring them back:".formatted(photos, list.getParent(), rest));
    say("  " + launcher.line("check --undo " + ShellWord.of(list)));
  }

  private void say(String text) {
    terminal.err().println(OneLine.of(text));
  }

  private static PhotoMover.Listener stays(Terminal terminal) {
    return (photo, reason) -> terminal.warn("%s stays where it is: %s".formatted(photo, reason));
  }

  /** Brings back what a list says. */
  static ExitStatus undo(Path list, Terminal terminal) {
    int[] stayed = {0};
    List<Path> back =
        PhotoMover.undo(
            list,
            (photo, reason) -> {
              stayed[0]++;
              stays(terminal).stays(photo, reason);
            });
    terminal
        .err()
        .println(
            "Brought back %s".formatted(back.size() == 1 ? "1 photo" : back.size() + " photos"));
    return stayed[0] == 0 ? ExitStatus.OK : ExitStatus.UNAVAILABLE;
  }
}
