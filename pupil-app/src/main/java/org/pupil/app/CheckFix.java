package org.pupil.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pupil.check.CheckResult;
import org.pupil.check.PhotoMover;
import org.pupil.check.Proposal;
import org.pupil.errors.OneLine;

/**
 * Moves the photos that a person agrees to take out, and brings them back. However it ends, what
 * was moved is told, and how it comes back.
 */
final class CheckFix {
  private static final int CONTROL_C = 3;
  private static final int CONTROL_D = 4;

  private final PhotoMover mover;
  private final Path folder;
  private final Keys keys;
  private final Terminal terminal;
  private final Launcher launcher;
  private int moved;
  private int stayed;
  private boolean isAsking;
  private boolean hasEnded;

  /** What a person answers. */
  private enum Answer {
    MOVE,
    KEEP,
    MOVE_ALL,
    QUIT
  }

  /**
   * @param folder where the mover moves to, as it was typed
   */
  CheckFix(PhotoMover mover, Path folder, Keys keys, Terminal terminal, Launcher launcher) {
    this.mover = mover;
    this.folder = folder;
    this.keys = keys;
    this.terminal = terminal;
    this.launcher = launcher;
  }

  /**
   * Moves photos.
   *
   * @param all whether nobody is asked
   * @return whether all that were to be moved were
   */
  boolean of(CheckResult result, boolean all) {
    List<Proposal> proposals =
        Proposal.of(result).stream().filter(proposal -> !all || proposal.isForAll()).toList();
    try {
      new StopWatcher(this::end)
          .during(
              () -> {
                go(proposals, all);
                return null;
              });
    } finally {
      end();
    }
    return allMoved();
  }

  private synchronized boolean allMoved() {
    return stayed == 0;
  }

  private void go(List<Proposal> proposals, boolean all) {
    boolean asks = !all;
    if (asks && !proposals.isEmpty()) {
      keys.begin();
      say(
          "Keys%s: y moves the photo, n keeps it, a moves it and all that follow, q ends"
              .formatted(keys.needEnter() ? ", each with Enter" : ""));
    }
    for (int i = 0; i < proposals.size(); i++) {
      Answer answer =
          asks ? ask(proposals.get(i), "%d of %d".formatted(i + 1, proposals.size())) : Answer.MOVE;
      if (answer == Answer.QUIT) {
        break;
      }
      asks &= answer != Answer.MOVE_ALL;
      if (answer != Answer.KEEP) {
        move(proposals.get(i));
      }
    }
  }

  private Answer ask(Proposal proposal, String number) {
    say("%s: %s".formatted(proposal.photo().name(), proposal.finding().message()));
    while (true) {
      int key = key("Take it out? (%s) [y/n/a/q] ".formatted(number));
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

  private int key(String question) {
    synchronized (this) {
      terminal.err().print(question);
      terminal.err().flush();
      isAsking = true;
    }
    int key = keys.next();
    synchronized (this) {
      endLine(keys.needEnter() && key != Keys.END, key);
    }
    return key;
  }

  /** Behind the question stands the answer, if it was a letter. */
  private void endLine(boolean isShown, int key) {
    if (isAsking && !isShown) {
      terminal.err().println(Character.isLetter(key) ? Character.toString(key) : "");
    }
    isAsking = false;
  }

  /** Once the end has been told, nothing is moved any more. */
  private synchronized void move(Proposal proposal) {
    if (hasEnded) {
      return;
    }
    if (mover.move(proposal.photo(), CheckFix.stays(terminal))) {
      moved++;
    } else {
      stayed++;
    }
  }

  /** Tells what was moved. */
  private synchronized void end() {
    if (hasEnded) {
      return;
    }
    hasEnded = true;
    endLine(false, Keys.END);
    String photos = moved == 1 ? "1 photo" : moved + " photos";
    String rest = stayed == 0 ? "" : String.format(Locale.ROOT, " (%d could not be moved)", stayed);
    if (moved == 0) {
      say("No photo was moved" + rest);
    } else {
      say("Moved %s to %s%s. To bring them back:".formatted(photos, folder, rest));
      Path list = folder.resolve(mover.listFile().orElseThrow().getFileName());
      say("  " + launcher.line("check --undo " + ShellWord.of(list)));
    }
    terminal.err().flush();
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
