package org.pupil.app;

import java.time.Clock;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.dataset.Problem;
import org.pupil.errors.Setting;
import org.pupil.run.RunListener;
import org.pupil.training.TrainingSettings;

/** Tells a person on stderr how a check goes on; what it has found is told in the end. */
final class CheckTalk implements RunListener {
  private final Terminal terminal;
  private final Conversation conversation;

  CheckTalk(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.conversation =
        new Conversation(terminal, Verbosity.INFO, clock, TrainingSettings.DEFAULTS);
  }

  @Override
  public String nameOf(Setting setting) {
    return conversation.nameOf(setting);
  }

  /** Those that are no findings. */
  @Override
  public void problem(Problem problem) {
    switch (problem.kind()) {
      case OUTSIDE_LABELS, LABEL_TRIMMED, PERHAPS_NO_LABELS, LABELS_ALIKE ->
          terminal.warn(problem.messageIn(SettingFlags::of));
      default -> {
        // It is among the findings, or it is nothing to speak of.
      }
    }
  }

  @Override
  public DownloadListener downloads() {
    return conversation.downloads();
  }

  @Override
  public BottleneckComputer.Listener bottlenecks() {
    return conversation.bottlenecks();
  }
}
