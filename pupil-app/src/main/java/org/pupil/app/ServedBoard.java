package org.pupil.app;

import java.net.URI;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.pupil.board.Board;
import org.pupil.board.BoardSettings;
import org.pupil.errors.PupilException;
import org.pupil.run.PupilVersion;

/** A board that a person was told of, and that is served until a signal ends the process. */
final class ServedBoard implements AutoCloseable {
  private static final long MILLIS_TO_CLOSE = 5000;

  private final Terminal terminal;
  private final Board board;

  private ServedBoard(Terminal terminal, Board board) {
    this.terminal = terminal;
    this.board = board;
  }

  /**
   * Starts it and says where it is, in TensorBoard's words, which other programs look for.
   *
   * @param quiet whether nothing need be said of who can reach it
   * @throws PupilException (unavailable) as {@link Board#open}
   */
  static ServedBoard open(Terminal terminal, BoardSettings settings, boolean quiet, Clock clock) {
    Board board = opened(settings, clock);
    if (!quiet) {
      terminal
          .err()
          .println(
              "Only this computer can open the board; for others in the network, add --bind_all");
    }
    terminal
        .err()
        .printf(
            "Pupil board %s at %s (Press CTRL+C to quit)%n",
            PupilVersion.number(), board.address());
    return new ServedBoard(terminal, board);
  }

  private static Board opened(BoardSettings settings, Clock clock) {
    try {
      return Board.open(settings, clock);
    } catch (PupilException e) {
      if (e.kind() == PupilException.Kind.UNAVAILABLE && settings.port().isPresent()) {
        throw PupilException.unavailable(e.getMessage() + "; give another --port, or none", e);
      }
      throw e;
    }
  }

  URI address() {
    return board.address();
  }

  /** Ctrl-C and SIGTERM are how a board ends: that is no failure, so the status is 0. */
  void serveUntilSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "board-end"));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    try {
      Thread impatient = new Thread(ServedBoard::haltSoon, "board-halt");
      impatient.setDaemon(true);
      impatient.start();
      board.close();
      terminal.out().flush();
      terminal.err().flush();
    } finally {
      Runtime.getRuntime().halt(ExitStatus.OK.code());
    }
  }

  /** Ends the process even if a request or a file system keeps the board from closing. */
  private static void haltSoon() {
    try {
      Thread.sleep(MILLIS_TO_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitStatus.OK.code());
  }

  @Override
  public void close() {
    board.close();
  }
}
