package org.pupil.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.jspecify.annotations.Nullable;
import org.pupil.run.TimeLeft;

/**
 * Shows how long work goes on: a moving bar where a person watches, else a plain line every ten
 * seconds.
 */
final class TaskProgress {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final int REDRAW_MILLIS = 200;
  private static final long MEGABYTE = 1_000_000;

  private final Terminal terminal;
  private final boolean shown;
  private final Duration patience;
  private final Clock clock;
  private final String task;
  private final String unit;
  private final long unitSize;

  private @Nullable ProgressBar bar;
  private Screen.@Nullable LiveLine line;
  private TimeLeft timeLeft = new TimeLeft(-1);
  private Instant begin = Instant.EPOCH;
  private Instant lastLine = Instant.EPOCH;
  private long from;
  private long total;

  /**
   * @param shown false to stay silent
   * @param unit what is counted; {@code MB} counts bytes
   */
  TaskProgress(Terminal terminal, boolean shown, Clock clock, String task, String unit) {
    this(terminal, shown, Duration.ZERO, clock, task, unit);
  }

  /**
   * Of work that is mostly over at once.
   *
   * @param patience before this has passed there is no bar
   * @param unit what is counted; {@code MB} counts bytes
   */
  TaskProgress(Terminal terminal, Duration patience, Clock clock, String task, String unit) {
    this(terminal, true, patience, clock, task, unit);
  }

  private TaskProgress(
      Terminal terminal, boolean shown, Duration patience, Clock clock, String task, String unit) {
    this.terminal = terminal;
    this.shown = shown;
    this.patience = patience;
    this.clock = clock;
    this.task = task;
    this.unit = unit;
    this.unitSize = unit.equals("MB") ? MEGABYTE : 1;
  }

  /**
   * Begins.
   *
   * @param total where it ends; negative if nobody knows
   * @param from where it begins: what an earlier attempt has done
   */
  void start(long total, long from) {
    this.total = total;
    this.from = from;
    begin = clock.instant();
    lastLine = begin;
    timeLeft = new TimeLeft(total);
    if (shown && terminal.errScreen().isPresent()) {
      line = terminal.errScreen().get().begin();
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .startsFrom(from, Duration.ZERO)
              .setUpdateIntervalMillis(REDRAW_MILLIS)
              .continuousUpdate()
              .setRenderer(new ProgressLine(terminal, clock, begin, unit, unitSize, timeLeft))
              .setConsumer(new OnScreen(line, terminal.columns() - 1, clock, begin.plus(patience)))
              .build();
    }
  }

  void stepTo(long done) {
    if (bar != null) {
      timeLeft.reached(done, clock.instant());
      bar.stepTo(done);
    } else if (shown
        && !terminal.errIsTerminal()
        && !clock.instant().isBefore(lastLine.plus(BETWEEN_LINES))) {
      lastLine = clock.instant();
      terminal.err().println(line(done));
    }
  }

  private String line(long done) {
    double seconds = Math.max(1e-3, Duration.between(begin, lastLine).toMillis() / 1000.0);
    double rate = (done - from) / seconds;
    String text =
        String.format(
            Locale.ROOT,
            "%s: %d%s %s, %.1f a second",
            task,
            done / unitSize,
            total < 0 ? "" : " of " + total / unitSize,
            unit,
            rate / unitSize);
    return total < 0 || rate == 0
        ? text
        : text + String.format(Locale.ROOT, ", %.0f s left", (total - done) / rate);
  }

  /** What else there is to say at this point of the work; only where a person watches. */
  void note(String note) {
    if (bar != null) {
      bar.setExtraMessage(note);
    }
  }

  void stop() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    if (line != null) {
      line.close(); // the bar itself does not end it if it was never drawn before
      line = null;
    }
  }

  /** Shows the bar as the line of the screen that moves, from some time on. */
  private record OnScreen(Screen.LiveLine line, int columns, Clock clock, Instant from)
      implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return columns;
    }

    @Override
    public void accept(String text) {
      if (!clock.instant().isBefore(from)) {
        line.show(text);
      }
    }

    @Override
    public void close() {
      line.close();
    }
  }
}
