package org.pupil.tuning;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pupil.files.FileTrouble;
import org.pupil.log.EventWriter;
import org.pupil.log.HParams;
import org.pupil.log.OwnEventFiles;
import org.pupil.log.SummaryValues;
import org.pupil.log.record.TrainingTags;
import org.pupil.tuning.FoldOutcome.CurvePoint;

/**
 * The trials of a search for the board and TensorBoard, as they come: each a session of the HParams
 * page in a folder {@code trial-007}, with its scores after each fold, and in the runs {@code
 * train} and {@code validation} below it how the training without the first fold went. The folder
 * above has what is searched over.
 *
 * <p>A trial that is given up may be taken up again: its files are then written anew from their
 * beginning, so that a point is never there twice.
 */
final class TrialLogs implements TrialSearch.Listener, AutoCloseable {
  /** Scalar: part of the photos held out that is right, 0 to 1, after so many folds. */
  static final String ACCURACY = "pupil/cv_accuracy";

  /** Scalar: cross entropy of the photos held out, in nats, after so many folds. */
  static final String CROSS_ENTROPY = "pupil/cv_cross_entropy";

  /** Scalar: seconds of training, of so many folds. */
  static final String SECONDS = "pupil/seconds";

  private static final List<HParams.Metric> METRICS =
      List.of(
          new HParams.Metric("", ACCURACY, "accuracy, cross-validated"),
          new HParams.Metric("", CROSS_ENTROPY, "cross entropy, cross-validated"),
          new HParams.Metric("", SECONDS, "seconds of training"));

  private final Path folder;
  private final Clock clock;
  private final String version;
  private final Consumer<String> failures;
  private final Map<Integer, Session> sessions = new HashMap<>();
  private final SummaryValues values = new SummaryValues();
  private boolean isGivenUp;

  /**
   * @param folder of the search
   * @param failures hears, once, that something cannot be written
   */
  TrialLogs(Path folder, Clock clock, String version, Consumer<String> failures) {
    this.folder = folder;
    this.clock = clock;
    this.version = version;
    this.failures = failures;
  }

  /** The name of a trial's folder. */
  static String name(int trial) {
    return String.format(Locale.ROOT, "trial-%03d", trial);
  }

  /** Says what is searched over. */
  void begin(SearchSpace space) {
    Map<String, Object> examples = new LinkedHashMap<>();
    space
        .domains()
        .forEach((name, domain) -> examples.put(name.typed(), value(name, domain.at(0))));
    examples.putIfAbsent(Hyperparameter.OPTIMIZER.typed(), "");
    attempt(
        () -> {
          try (EventWriter writer = EventWriter.open(folder, clock, version)) {
            OwnEventFiles.remove(folder, List.of(writer.file()));
            values.clear();
            values.hparams(HParams.experiment(examples, METRICS, clock.instant()));
            writer.write(0, values);
          }
        });
  }

  /** The settings of a trial, with the optimizer, which the others depend on. */
  private static Map<String, Object> settings(Configuration configuration) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(Hyperparameter.OPTIMIZER.typed(), configuration.optimizer().flagValue());
    configuration.values().forEach((name, text) -> settings.put(name.typed(), value(name, text)));
    return settings;
  }

  private static Object value(Hyperparameter name, String text) {
    if (name.isNumber()) {
      return Double.parseDouble(text);
    }
    return text.equals("true") || text.equals("false") ? Boolean.parseBoolean(text) : text;
  }

  @Override
  public synchronized void onBegin(Trial trial) {
    sessions.put(trial.number(), new Session(trial.number(), trial.configuration()));
    attempt(() -> session(trial).open());
  }

  @Override
  public synchronized void onFold(
      int number, Configuration configuration, int fold, FoldOutcome outcome) {
    attempt(() -> sessions.get(number).add(fold, outcome));
  }

  @Override
  public synchronized void onTrial(Trial trial) {
    if (trial.status() != Trial.Status.RUNNING) {
      attempt(() -> session(trial).end(trial.isJudged()));
    }
  }

  private Session session(Trial trial) {
    Session session = sessions.get(trial.number());
    if (session == null) {
      throw new IllegalArgumentException("trial " + trial.number() + " was not begun");
    }
    return session;
  }

  private interface Writing {
    void write() throws IOException;
  }

  private void attempt(Writing writing) {
    if (isGivenUp) {
      return;
    }
    try {
      writing.write();
    } catch (IOException e) {
      isGivenUp = true;
      failures.accept("cannot write event files in " + folder + ": " + FileTrouble.reason(e));
    }
  }

  /** Ends the files of what is not over: as failures, since nobody will go on with them now. */
  @Override
  public synchronized void close() {
    for (Session session : sessions.values()) {
      attempt(() -> session.end(false));
    }
  }

  /** One trial's files. */
  private final class Session {
    private final Path place;
    private final Configuration configuration;
    private final Map<Integer, FoldOutcome> outcomes = new TreeMap<>();
    private @Nullable EventWriter writer;
    private int written;

    Session(int number, Configuration configuration) {
      this.place = folder.resolve(name(number));
      this.configuration = configuration;
    }

    private EventWriter open() throws IOException {
      EventWriter open = writer;
      if (open == null) {
        open = EventWriter.open(place, clock, version);
        OwnEventFiles.remove(place, List.of(open.file()));
        values.clear();
        values.hparams(HParams.sessionStart(settings(configuration), "", clock.instant()));
        open.write(0, values);
        writer = open;
        written = 0;
        writeFolds(open);
      }
      return open;
    }

    void add(int fold, FoldOutcome outcome) throws IOException {
      if (outcomes.put(fold, outcome) == null && fold == 0 && !outcome.curve().isEmpty()) {
        writeCurve(TrainingTags.TRAIN, outcome.curve());
        writeCurve(TrainingTags.VALIDATION, outcome.curve());
      }
      writeFolds(open());
    }

    /** Folds may come in any order, points must not. */
    private void writeFolds(EventWriter open) throws IOException {
      for (FoldOutcome next = outcomes.get(written);
          next != null && next.failure().isEmpty();
          next = outcomes.get(written)) {
        written++;
        Trial sofar =
            new Trial(
                1,
                configuration,
                new ArrayList<>(outcomes.values()).subList(0, written),
                Trial.Status.RUNNING);
        values.clear();
        values.scalar(ACCURACY, (float) sofar.accuracy());
        values.scalar(CROSS_ENTROPY, (float) sofar.crossEntropy());
        values.scalar(SECONDS, (float) sofar.seconds());
        open.write(written, values);
      }
    }

    private void writeCurve(String run, List<CurvePoint> curve) throws IOException {
      Path there = place.resolve(run);
      boolean isTraining = run.equals(TrainingTags.TRAIN);
      try (EventWriter points = EventWriter.open(there, clock, version)) {
        OwnEventFiles.remove(there, List.of(points.file()));
        for (CurvePoint point : curve) {
          values.clear();
          values.scalar(
              TrainingTags.ACCURACY,
              (float) (isTraining ? point.trainAccuracy() : point.accuracy()));
          values.scalar(
              TrainingTags.CROSS_ENTROPY,
              (float) (isTraining ? point.trainCrossEntropy() : point.crossEntropy()));
          points.write(point.step(), values);
        }
      }
    }

    void end(boolean isJudged) throws IOException {
      EventWriter open = writer;
      if (open != null) {
        try (open) {
          values.clear();
          values.hparams(
              HParams.sessionEnd(
                  isJudged ? HParams.Outcome.SUCCESS : HParams.Outcome.FAILURE, clock.instant()));
          open.write(written, values);
        }
        writer = null;
      }
    }
  }
}
