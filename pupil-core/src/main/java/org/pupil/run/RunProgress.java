package org.pupil.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.VariantListener;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.NewFolder;
import org.pupil.finetuning.FineTuningListener;
import org.pupil.record.RunStatus;
import org.pupil.record.RunStatus.Doing;
import org.pupil.record.RunStatus.State;
import org.pupil.training.BatchView;
import org.pupil.training.TrainingListener;
import org.pupil.training.TrainingResult;

/**
 * Keeps the {@link RunStatus} of a training run up to date, from its first moment to its end, so
 * that a board can show what no event file tells. A thread writes it twice a second even if nothing
 * is new: that is how one sees that the training run is alive.
 */
final class RunProgress implements TrainingListener, AutoCloseable {
  private static final long PAUSE_MILLIS = 500;
  private static final double MILLIS_PER_SECOND = 1000;

  private final Path folder;
  private final Path model;
  private final boolean hadModel;
  private final NewFolder made;
  private final Clock clock;
  private final double started;
  private final Thread writer = new Thread(this::keepWriting, "run-status");

  private Doing doing = Doing.PREPARING;
  private State state = State.RUNNING;
  private long done;
  private OptionalLong total = OptionalLong.empty();
  private @Nullable TimeLeft left;
  private boolean hasNewModel;
  private boolean fineTunes;
  private String message = "";

  /**
   * @param folder of the event files
   * @param model where the model will be
   */
  private RunProgress(Path folder, Path model, Clock clock) {
    this.folder = folder;
    this.made = NewFolder.toBe(folder);
    this.model = model;
    this.hadModel = Files.exists(model);
    this.clock = clock;
    this.started = now();
  }

  /** Says that the training run is there, and goes on saying so. */
  static RunProgress begin(Outputs outputs, Path model, Clock clock) {
    RunProgress progress = new RunProgress(outputs.summariesDir(), model, clock);
    progress.write();
    progress.writer.setDaemon(true);
    progress.writer.start();
    return progress;
  }

  private double now() {
    return clock.millis() / MILLIS_PER_SECOND;
  }

  private void keepWriting() {
    try {
      while (true) {
        Thread.sleep(PAUSE_MILLIS);
        synchronized (this) {
          if (state != State.RUNNING) {
            return;
          }
          write();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is over
    }
  }

  private synchronized void write() {
    try {
      status().write(folder);
    } catch (PupilException unwritable) {
      return; // the event files lie in the same folder: their writer says what is wrong with it
    }
  }

  private RunStatus status() {
    return new RunStatus(state, doing, started, now(), done, total, secondsLeft(), message);
  }

  private OptionalDouble secondsLeft() {
    if (left == null || state != State.RUNNING) {
      return OptionalDouble.empty();
    }
    if (done > 0) {
      left.reached(done, clock.instant()); // here and not at each step: they are thousands a second
    }
    return left.at(clock.instant()).stream()
        .mapToDouble(time -> time.toMillis() / MILLIS_PER_SECOND)
        .findFirst();
  }

  private synchronized void now(Doing what, OptionalLong ofTotal) {
    doing = what;
    done = 0;
    total = ofTotal;
    left = ofTotal.isPresent() ? new TimeLeft(ofTotal.getAsLong()) : null;
  }

  private synchronized void advanced(long count) {
    done = count;
  }

  /** The photos are looked at; the answer hears how it goes, and tells the other. */
  BottleneckComputer.Listener bottlenecks(BottleneckComputer.Listener other) {
    return new BottleneckComputer.Listener() {
      @Override
      public void started(int photos, int cached) {
        now(Doing.LOOKING, OptionalLong.of(photos - cached));
        write();
        other.started(photos, cached);
      }

      @Override
      public void advanced(int photos) {
        RunProgress.this.advanced(photos);
        other.advanced(photos);
      }

      @Override
      public void finished() {
        other.finished();
      }
    };
  }

  /** Distorted photos are looked at; the answer hears how it goes, and tells the other. */
  VariantListener variants(VariantListener other) {
    return new VariantListener() {
      @Override
      public void probed() {
        other.probed();
      }

      @Override
      public void started(VariantListener.Cost cost) {
        now(Doing.LOOKING, OptionalLong.of(cost.missing()));
        write();
        other.started(cost);
      }

      @Override
      public void advanced(int variants) {
        RunProgress.this.advanced(variants);
        other.advanced(variants);
      }

      @Override
      public void finished() {
        other.finished();
      }
    };
  }

  /**
   * The final layer is trained.
   *
   * @param steps how many there will be; empty if nobody knows
   */
  void learning(OptionalLong steps) {
    now(Doing.LEARNING, steps);
    write();
  }

  private synchronized void beginFineTuning(long parts) {
    fineTunes = true;
    now(Doing.LEARNING, OptionalLong.of(parts));
  }

  /** Layers of the backbone are trained too; the answer hears how it goes, and tells the other. */
  FineTuningListener fineTuning(FineTuningListener other) {
    return new FineTuningProgress(other) {
      @Override
      void begins(long all) {
        beginFineTuning(all);
        write();
      }

      @Override
      void reaches(long done) {
        RunProgress.this.advanced(done);
      }
    };
  }

  @Override
  public void onStep(BatchView batch) {
    advanced(batch.step() + 1L);
  }

  /** The layer is trained. */
  synchronized void finishing() {
    doing = Doing.FINISHING;
    left = null;
  }

  /** The model is written. If it diverged it is not where the newest one is. */
  synchronized void hasModel(Path where) {
    hasNewModel = where.equals(model);
  }

  /** All is done, and it went well or diverged. */
  void over(Optional<TrainingResult.Divergence> divergence) {
    if (divergence.isEmpty()) {
      end(State.FINISHED, List.of());
    } else {
      end(
          State.FAILED,
          List.of(
              "It diverged at step " + divergence.get().step() + ": the learning rate is too high.",
              aboutModel()));
    }
  }

  /**
   * Something went wrong, so it ends.
   *
   * @param names what the person calls the settings
   */
  void failed(Throwable trouble, Function<Setting, String> names) {
    String what =
        trouble instanceof PupilException told
            ? told.messageIn(names) + "."
            : "There was a fault in Pupil.";
    end(State.FAILED, List.of(what, aboutModel()));
  }

  /**
   * A person or the system ends the process.
   *
   * @return sentences about what is kept; none if it had ended already
   */
  List<String> stopped() {
    List<String> sentences = new ArrayList<>();
    synchronized (this) {
      if (state != State.RUNNING) {
        return List.of();
      }
      sentences.addAll(aboutWork());
      sentences.add(aboutModel());
    }
    return end(State.STOPPED, sentences) ? sentences : List.of();
  }

  private List<String> aboutWork() {
    String allKept = "The bottlenecks of all photos are kept.";
    return switch (doing) {
      case PREPARING -> List.of("Stopped before looking at the first photo.");
      case LOOKING -> aboutPhotos();
      case LEARNING ->
          fineTunes
              ? aboutFineTuning()
              : List.of(
                  "Stopped after step %d%s."
                      .formatted(done, total.isPresent() ? " of " + total.getAsLong() : ""),
                  allKept);
      case FINISHING -> List.of("Stopped while finishing.", allKept);
    };
  }

  private static List<String> aboutFineTuning() {
    return List.of(
        "Stopped while fine-tuning.",
        "The bottlenecks of all photos are kept, and the epochs that are done: the same run goes on after these if it is resumed.");
  }

  private List<String> aboutPhotos() {
    return done == 0
        ? List.of("Stopped before the first photo was done.")
        : List.of(
            "Stopped after photo %d%s."
                .formatted(done, total.isPresent() ? " of " + total.getAsLong() : ""),
            "What was computed is kept: the next run continues from there.");
  }

  private synchronized String aboutModel() {
    if (hasNewModel) {
      return "The model is the new one: " + model;
    }
    return hadModel
        ? "The model is still the old one: " + model
        : "There is no model yet: " + model + " was not written.";
  }

  private synchronized boolean end(State how, List<String> sentences) {
    if (state != State.RUNNING) {
      return false;
    }
    state = how;
    message = String.join(" ", sentences);
    write();
    return true;
  }

  /** It cannot even begin: nothing of it stays. */
  synchronized void withdraw() {
    state = State.FAILED;
    try {
      Files.deleteIfExists(folder.resolve(RunStatus.FILE));
      made.removeIfEmpty();
    } catch (IOException e) {
      return; // then the board shows for some seconds that it was there
    }
  }

  /** Ends the thread. */
  @Override
  public void close() {
    writer.interrupt();
  }
}
