package org.pupil.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;
import org.pupil.run.TimeLeft;

/**
 * What a moving bar says: {@code Bottlenecks 44% ████ 80 of 180 photos, 12 s so far, 30 s left}. On
 * a narrow terminal it says less, the least important first.
 */
final class ProgressLine implements ProgressBarRenderer {
  private static final int SHORTEST_BAR = 6;
  private static final int LONGEST_BAR = 30;

  private final Terminal terminal;
  private final Clock clock;
  private final Instant begin;
  private final String unit;
  private final long unitSize;
  private final TimeLeft timeLeft;

  ProgressLine(
      Terminal terminal, Clock clock, Instant begin, String unit, long unitSize, TimeLeft left) {
    this.terminal = terminal;
    this.clock = clock;
    this.begin = begin;
    this.unit = unit;
    this.unitSize = unitSize;
    this.timeLeft = left;
  }

  @Override
  public String render(ProgressState state, int columns) {
    Instant now = clock.instant();
    boolean ends = state.getMax() > 0;
    String count =
        state.getCurrent() / unitSize
            + (ends ? " of " + state.getMax() / unitSize : "")
            + " "
            + unit;
    Optional<String> note = Optional.ofNullable(state.getExtraMessage()).filter(n -> !n.isBlank());
    String passed = inWords(Duration.between(begin, now));
    String soFar = state.getCurrent() == state.getMax() ? "in " + passed : passed + " so far";
    Optional<String> left = timeLeft.at(now).map(time -> inWords(time) + " left");
    double part = ends ? (double) state.getCurrent() / state.getMax() : 0;
    String head = state.getTaskName() + (ends ? " " + (int) Math.floor(100 * part) + "%" : "");

    List<String> all = new ArrayList<>(List.of(count));
    note.ifPresent(all::add);
    all.add(soFar);
    left.ifPresent(all::add);
    List<String> withoutPast = new ArrayList<>(all);
    withoutPast.remove(soFar);
    List<String> least = new ArrayList<>(List.of(count));
    left.ifPresent(least::add);
    for (List<String> facts : List.of(all, withoutPast, least)) {
      String tail = String.join(", ", facts);
      int room = columns - LineWrap.width(head) - LineWrap.width(tail) - 2;
      if (room >= SHORTEST_BAR) {
        return head + " " + bar(part, Math.min(room, LONGEST_BAR)) + " " + tail;
      }
    }
    String shortest = head + " " + String.join(", ", least);
    return shortest.substring(0, Math.min(columns, shortest.length()));
  }

  private String bar(double part, int columns) {
    String bar = Bars.of(part, columns, terminal.unicode());
    return terminal.colour() ? "\u001b[33m" + bar + "\u001b[0m" : bar;
  }

  /** {@code 12 s}, {@code 4 min 10 s}, {@code 2 h 5 min}. */
  static String inWords(Duration time) {
    long seconds = Math.max(0, Math.round(time.toMillis() / 1000.0));
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }
}
