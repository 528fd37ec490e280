package org.pupil.app;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.pupil.errors.OneLine;
import org.pupil.finetuning.FineTuningListener;
import org.pupil.training.HeldOutComparison;

/** Tells a person on stderr how fine-tuning goes. */
final class FineTuningTalk implements FineTuningListener {
  private static final int BYTES_OF_A_MEGABYTE = 1_000_000;
  private static final int SECONDS_IN_WORDS = 120;
  private static final int SECONDS_OF_A_MINUTE = 60;

  private final Terminal terminal;
  private final boolean shown;
  private final TaskProgress maps;
  private final TaskProgress steps;
  private boolean computesMaps;
  private boolean trains;

  /**
   * @param shown false to stay silent
   */
  FineTuningTalk(Terminal terminal, boolean shown, Clock clock) {
    this.terminal = terminal;
    this.shown = shown;
    this.maps = new TaskProgress(terminal, shown, clock, "Layers below", "photos");
    this.steps = new TaskProgress(terminal, shown, clock, "Fine-tuning", "steps");
  }

  private void info(String format, Object... arguments) {
    if (shown) {
      terminal.err().println(OneLine.of(String.format(Locale.US, format, arguments)));
    }
  }

  @Override
  public void planned(FineTuningListener.Cost cost) {
    info(
        "Fine-tuning all layers above %s: %d photos, %s, about %s and %s",
        cost.cut(),
        cost.photos(),
        count(cost.epochs(), "epoch"),
        time(cost.time()),
        cost.maps() == 0
            ? "no more room on the disk"
            : (cost.bytes() + BYTES_OF_A_MEGABYTE - 1) / BYTES_OF_A_MEGABYTE
                + " MB more on the disk");
    info(
        "%d photos are held back from it: by these, the best epoch is chosen, and whether to keep it",
        cost.heldBack());
    FineTuningListener.OnAll onAll = cost.onAll();
    if (onAll.isPlanned()) {
      info(
          "If it is kept, it is trained again on all %d training photos, which takes about %s more at most",
          onAll.photos(), time(onAll.time()));
    } else {
      info(
          "To fit into --time_budget, it is not trained again on all %d training photos if it is kept",
          onAll.photos());
    }
    if (cost.epochs() < cost.askedEpochs() || cost.views() < cost.askedViews()) {
      info(
          "To fit into --time_budget, %s of %d %s left out%s",
          count(cost.askedEpochs() - cost.epochs(), "epoch"),
          cost.askedEpochs(),
          cost.askedEpochs() - cost.epochs() == 1 ? "is" : "are",
          cost.views() < cost.askedViews()
              ? ", and %d of %d views of each photo"
                  .formatted(cost.askedViews() - cost.views(), cost.askedViews())
              : "");
    }
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** About how long: {@code 40 s} or {@code 3 minutes}. */
  static String time(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    return seconds < SECONDS_IN_WORDS
        ? seconds + " s"
        : (seconds + SECONDS_OF_A_MINUTE / 2) / SECONDS_OF_A_MINUTE + " minutes";
  }

  @Override
  public void doesNotFit(Duration needed) {
    if (shown) {
      terminal.warn(
          "fine-tuning is left out: even one epoch takes about %s, more than --time_budget allows"
              .formatted(time(needed)));
    }
  }

  @Override
  public void mapped(int done, int all) {
    if (!computesMaps) {
      computesMaps = true;
      maps.start(all, 0);
    }
    maps.stepTo(done);
    if (done == all) {
      maps.stop();
    }
  }

  @Override
  public void resumed(int epoch) {
    info("Going on after epoch %d", epoch);
  }

  @Override
  public void step(long done, long all) {
    if (!trains) {
      trains = true;
      steps.start(all, done - 1);
    }
    steps.stepTo(done);
    if (done == all) {
      steps.stop();
    }
  }

  @Override
  public void epoch(FineTuningListener.Epoch epoch) {
    info(
        "Epoch %d of %d: loss %.4f; held back: loss %.4f, accuracy %.1f%%%s",
        epoch.number(),
        epoch.epochs(),
        epoch.loss(),
        epoch.heldBackLoss(),
        100 * epoch.heldBackAccuracy(),
        epoch.isBest() ? " (best so far)" : "");
  }

  @Override
  public void endedEarly(int afterEpoch) {
    info("Ended after epoch %d: none has been better for a while", afterEpoch);
  }

  @Override
  public void judged(HeldOutComparison comparison) {
    steps.stop();
    info(
        "On the %d photos held back: log loss %.4f with the final layer alone (%d right), %.4f fine-tuned (%d right): %s",
        comparison.photos(),
        comparison.lossBefore(),
        comparison.rightBefore(),
        comparison.lossAfter(),
        comparison.rightAfter(),
        comparison.isBetter()
            ? "better by more than chance, so the fine-tuned layers are kept"
            : "not better by more than chance, so the final layer alone is kept");
  }

  @Override
  public void beginsOnAll(int photos, int epochs) {
    trains = false;
    info("Training them again on all %d training photos, %s", photos, count(epochs, "epoch"));
  }

  @Override
  public void epochOnAll(int number, int epochs, double loss) {
    info("Epoch %d of %d: loss %.4f", number, epochs, loss);
    if (number == epochs) {
      steps.stop();
    }
  }
}
