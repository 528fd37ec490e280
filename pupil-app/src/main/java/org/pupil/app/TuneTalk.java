package org.pupil.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.OneLine;
import org.pupil.finetuning.FineTuningSettings;
import org.pupil.finetuning.SharedMaps;
import org.pupil.tuning.Ranking;
import org.pupil.tuning.Trial;
import org.pupil.tuning.TuningListener;

/**
 * Tells a person on stderr how a search goes: where a person watches, by a table of the best of so
 * far, which moves; else by a line for each trial that is over.
 */
final class TuneTalk implements TuningListener, AutoCloseable {
  private static final int ROWS = 10;
  private static final long MEGABYTE = 1_000_000;
  private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(200);

  private final Terminal terminal;
  private final Clock clock;
  private final String command;
  private final TaskProgress maps;
  private boolean computesMaps;
  private final Map<Integer, Trial> trials = new TreeMap<>();
  private @Nullable Plan plan;
  private Screen.@Nullable LiveLine table;
  private Instant begin = Instant.EPOCH;
  private Instant drawn = Instant.EPOCH;
  private int folds;

  /**
   * @param command as it was typed, for who ends it and wants to go on
   */
  TuneTalk(Terminal terminal, Clock clock, String command) {
    this.terminal = terminal;
    this.clock = clock;
    this.command = command;
    this.maps = new TaskProgress(terminal, true, clock, "Layers below", "photos");
  }

  @Override
  public void onFineTuning(SharedMaps.Cost cost) {
    say(
        "Fine-tuning begins with what the layers below give of %,d photos: computed once for all trials, %s",
        cost.photos(),
        cost.maps() == 0
            ? "and there already"
            : "in about %s and %,d MB of disk"
                .formatted(
                    FineTuningTalk.time(cost.time()), (cost.bytes() + MEGABYTE - 1) / MEGABYTE));
    say(
        "To learn from all of them once takes about %s; fine-tuning does that up to %s times for each fold of a trial, unless fine_tune_epochs says otherwise",
        FineTuningTalk.time(cost.epoch()), FineTuningSettings.DEFAULTS.epochs());
  }

  @Override
  public void onMaps(int done, int all) {
    if (!computesMaps) {
      computesMaps = true;
      maps.start(all, 0);
    }
    maps.stepTo(done);
    if (done == all) {
      maps.stop();
    }
  }

  private void say(String format, Object... arguments) {
    terminal.err().println(OneLine.of(String.format(Locale.ROOT, format, arguments)));
  }

  @Override
  public synchronized void onSearch(Plan search) {
    plan = search;
    begin = clock.instant();
    List<Integer> stages = search.stages();
    say(
        "Up to %,d trials, judged by %,d photos in %d folds; in %s (pupil board shows them)",
        search.trials(), search.photos(), stages.get(stages.size() - 1), search.folder());
    table = terminal.errScreen().map(Screen::begin).orElse(null);
  }

  @Override
  public synchronized void onTrial(Trial trial) {
    Trial before = trials.put(trial.number(), trial);
    boolean isOver =
        trial.status() != Trial.Status.RUNNING
            && (before == null || before.status() != trial.status());
    if (table != null) {
      draw(isOver);
    } else if (isOver) {
      tell(trial);
    }
  }

  @Override
  public synchronized void onFold(int trial, int fold) {
    folds++;
    draw(false);
  }

  private void tell(Trial trial) {
    String outcome =
        trial.isJudged()
            ? String.format(
                Locale.ROOT,
                "accuracy %s, cross entropy %.4f, %d folds%s",
                TrialTable.percent(trial.accuracy()),
                trial.crossEntropy(),
                trial.folds(),
                trial.isFineTuningNeverKept() ? ", fine-tuning kept in none" : "")
            : trial.reason().orElse("not judged");
    say("Trial %d: %s (%s)", trial.number(), outcome, TrialTable.settings(trial.configuration()));
  }

  private void draw(boolean isUrgent) {
    Screen.LiveLine shown = table;
    Instant now = clock.instant();
    if (shown == null || (!isUrgent && now.isBefore(drawn.plus(BETWEEN_DRAWINGS)))) {
      return;
    }
    drawn = now;
    List<String> lines =
        new ArrayList<>(TrialTable.lines(bestFirst(), ROWS, terminal.columns() - 1));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d of %d trials done, %d folds, %s",
            trials.values().stream()
                .filter(trial -> trial.status() != Trial.Status.RUNNING)
                .count(),
            plan == null ? 0 : plan.trials(),
            folds,
            ProgressLine.inWords(Duration.between(begin, now))));
    shown.show(String.join("\n", lines));
  }

  /** Those that more folds have judged stand above the others: the less is known, the more luck. */
  private List<Trial> bestFirst() {
    return trials.values().stream()
        .filter(trial -> trial.folds() > 0)
        .sorted(
            Comparator.comparing(Trial::isJudged)
                .reversed()
                .thenComparing(Comparator.comparingInt(this::stage).reversed())
                .thenComparingDouble(Trial::crossEntropy))
        .toList();
  }

  private int stage(Trial trial) {
    return plan == null
        ? 0
        : (int) plan.stages().stream().filter(folds -> trial.folds() >= folds).count();
  }

  @Override
  public synchronized void onRanking(Ranking ranking) {
    draw(true);
    close();
    terminal.err().println("Training the winner, trial " + ranking.winner().trial().number());
  }

  @Override
  public synchronized void logFailed(String reason) {
    terminal.warn(reason + "; the search goes on");
  }

  /** The process is being ended from outside. */
  void stopped() {
    if (plan != null && !trials.isEmpty()) {
      terminal
          .err()
          .println(
              "Stopped. To go on: " + command + (command.contains("--resume") ? "" : " --resume"));
    }
  }

  @Override
  public synchronized void close() {
    maps.stop(); // time may be over before all maps are there
    if (table != null) {
      table.close();
      table = null;
    }
  }
}
