package org.pupil.board.plugins.overview;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.pupil.board.log.Run;
import org.pupil.board.log.ScalarPoints;
import org.pupil.log.proto.training.TrainingOutcome;
import org.pupil.log.proto.training.TrainingSetup;
import org.pupil.record.RunStatus;

/** Answers for one session: how is it going? */
public final class Overview {
  /** A log that says nothing for so long, and for so many of its usual pauses, is not written. */
  private static final double SILENCE_SECONDS = 30;

  private static final double SILENT_PAUSES = 50;

  /** A status is written twice a second: after so long nobody is there any more who writes it. */
  private static final double LOST_SECONDS = 8;

  /** From such a distance on it is worth a sentence, as a part of all photos. */
  private static final double WIDE_GAP = 0.1;

  /** What the session is doing. */
  enum State {
    /** The backbone is fetched and opened. */
    PREPARING,
    /** Bottlenecks are computed. */
    LOOKING,
    /** New steps come. */
    RUNNING,
    /** All steps are done; the test photos are judged and the model is written. */
    FINISHING,
    FINISHED,
    FAILED,
    /** By a person. */
    STOPPED,
    /** It says that it goes on, but has not said so for a while: it was killed. */
    LOST,
    /** Nothing was written for a while and nothing says that it ended. */
    SILENT
  }

  private final Session session;
  private final double now;
  private final Optional<SessionRecord> own;
  private final Optional<TrainingSetup> setup;
  private final Optional<TrainingOutcome> outcome;
  private final Optional<SessionRecord.End> end;
  private final Pace pace;
  private final OptionalDouble lastEvent;
  private final State state;

  private Overview(Session session, double now) {
    this.session = session;
    this.now = now;
    own = session.own().map(SessionRecord::new);
    setup = own.flatMap(SessionRecord::setup);
    outcome = own.flatMap(SessionRecord::outcome);
    end = own.flatMap(SessionRecord::end);
    OptionalLong toldSteps =
        session
            .status()
            .filter(status -> status.doing() == RunStatus.Doing.LEARNING)
            .map(RunStatus::total)
            .orElse(OptionalLong.empty());
    Optional<ScalarPoints> train = Session.scalars(session.train(), Session.CROSS_ENTROPY);
    pace =
        Pace.of(
            train,
            setup
                .filter(TrainingSetup::hasSteps)
                .map(known -> OptionalLong.of(known.getSteps()))
                .orElse(toldSteps));
    lastEvent = lastEvent(train);
    state = state();
  }

  /**
   * The answer, to be written as JSON.
   *
   * @param now seconds since 1970
   */
  public static Map<String, Object> of(Session session, double now) {
    return new Overview(session, now).answer();
  }

  private OptionalDouble lastEvent(Optional<ScalarPoints> train) {
    if (end.isPresent()) {
      return OptionalDouble.of(end.get().wallTime());
    }
    double last = session.started().orElse(Double.NaN);
    if (session.status().isPresent()) {
      last = Math.max(last, session.status().get().updated());
    }
    if (train.isPresent() && train.get().size() > 0) {
      last = Math.max(last, train.get().wallTime(train.get().size() - 1));
    }
    return Double.isNaN(last) ? OptionalDouble.empty() : OptionalDouble.of(last);
  }

  /** What it says itself; otherwise it is judged by its events. */
  private Optional<State> told() {
    return session
        .heard()
        .flatMap(
            heard ->
                switch (heard.status().state()) {
                  case FINISHED -> Optional.of(State.FINISHED);
                  case STOPPED -> Optional.of(State.STOPPED);
                  case FAILED -> Optional.of(State.FAILED);
                  case RUNNING ->
                      heard.silentSeconds() <= LOST_SECONDS
                          ? Optional.of(doing(heard.status().doing()))
                          : end.isPresent() ? Optional.empty() : Optional.of(State.LOST);
                });
  }

  private static State doing(RunStatus.Doing doing) {
    return switch (doing) {
      case PREPARING -> State.PREPARING;
      case LOOKING -> State.LOOKING;
      case LEARNING -> State.RUNNING;
      case FINISHING -> State.FINISHING;
    };
  }

  private State state() {
    Optional<State> told = told();
    if (told.isPresent()) {
      return told.get();
    }
    if (end.isPresent()) {
      return end.get().well() ? State.FINISHED : State.FAILED;
    }
    double pause = pace.perSecond().isPresent() ? 1 / pace.perSecond().getAsDouble() : 0;
    double silence = Math.max(SILENCE_SECONDS, SILENT_PAUSES * pause);
    if (now - lastEvent.orElse(0) > silence) {
      return State.SILENT;
    }
    boolean allDone = pace.total().isPresent() && pace.done() >= pace.total().getAsLong();
    return allDone ? State.FINISHING : State.RUNNING;
  }

  private boolean isOver() {
    return state != State.RUNNING;
  }

  private Map<String, Object> answer() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("session", session.name());
    answer.put("state", state.name().toLowerCase(Locale.ROOT));
    session.started().ifPresent(seconds -> answer.put("started", seconds));
    lastEvent.ifPresent(seconds -> answer.put("lastEvent", seconds));
    answer.put("now", now);
    session.status().ifPresent(status -> putStatus(answer, status));
    answer.put("steps", steps());
    answer.put("curves", curves());
    learning().ifPresent(learning -> answer.put("learning", learning));
    gap().ifPresent(sentence -> answer.put("gap", sentence));
    setup.ifPresent(
        known -> {
          answer.put("photos", photos(known));
          putText(answer, "backbone", known.getBackbone());
          putText(answer, "optimizer", known.getOptimizer());
        });
    answer.put("settings", own.map(SessionRecord::settings).orElse(Map.of()));
    outcome.ifPresent(
        record -> answer.putAll(new TestResult(record, session.name(), own).answer()));
    return answer;
  }

  private static void putStatus(Map<String, Object> answer, RunStatus status) {
    if (!status.message().isEmpty()) {
      answer.put("message", status.message());
    }
    if (status.doing() == RunStatus.Doing.LOOKING) {
      Map<String, Object> photos = new LinkedHashMap<>();
      photos.put("done", status.done());
      status.total().ifPresent(total -> photos.put("total", total));
      status.secondsLeft().ifPresent(seconds -> photos.put("secondsLeft", seconds));
      answer.put("looking", photos);
    }
  }

  private Map<String, Object> steps() {
    Map<String, Object> steps = new LinkedHashMap<>();
    steps.put("done", pace.done());
    pace.total().ifPresent(total -> steps.put("total", total));
    pace.part().ifPresent(part -> steps.put("part", part));
    pace.perSecond().ifPresent(rate -> steps.put("perSecond", rate));
    if (state == State.RUNNING) {
      secondsLeft().ifPresent(seconds -> steps.put("secondsLeft", seconds));
    }
    return steps;
  }

  private OptionalDouble secondsLeft() {
    return session.status().isPresent() ? session.status().get().secondsLeft() : pace.secondsLeft();
  }

  /** Where the page finds the curves, and their last points. */
  private Map<String, Object> curves() {
    Map<String, Object> curves = new LinkedHashMap<>();
    session.train().ifPresent(run -> curves.put("train", curve(run)));
    session.validation().ifPresent(run -> curves.put("validation", curve(run)));
    return curves;
  }

  private static Map<String, Object> curve(Run run) {
    Map<String, Object> curve = new LinkedHashMap<>();
    curve.put("run", run.name());
    add(curve, run, Session.ACCURACY, "accuracy");
    add(curve, run, Session.CROSS_ENTROPY, "crossEntropy");
    return curve;
  }

  private static void add(Map<String, Object> curve, Run run, String scalar, String name) {
    Session.scalarTag(run, scalar)
        .ifPresent(
            tag -> {
              ScalarPoints points = run.scalars(tag).orElseThrow();
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("tag", tag);
              one.put("points", points.size());
              one.put("step", points.step(points.size() - 1));
              one.put("recent", recent(points));
              one.put("recentSince", points.step(recentFrom(points)));
              curve.put(name, one);
            });
  }

  private Optional<Map<String, Object>> learning() {
    boolean converges = setup.filter(known -> known.getOptimizer().equals("auto")).isPresent();
    return Session.scalars(session.train(), Session.CROSS_ENTROPY)
        .map(
            train ->
                Learning.of(
                    train,
                    Session.scalars(session.validation(), Session.CROSS_ENTROPY),
                    mayBeWatched(),
                    isOver(),
                    converges))
        .map(learning -> isOver() && isAllRight() ? learning.ofAllRight() : learning)
        .map(
            learning ->
                Map.of(
                    "kind",
                    learning.kind().name().toLowerCase(Locale.ROOT),
                    "sentence",
                    learning.sentence()));
  }

  /** Whether photos watch it, although there may be no point of them yet. */
  private boolean mayBeWatched() {
    return setup.map(known -> sum(known.getValidationPhotosList()) > 0).orElse(!isOver());
  }

  /** Whether it was right on all photos of late, those that it does not learn from too. */
  private boolean isAllRight() {
    return Stream.of(session.train(), session.validation())
        .map(run -> Session.scalars(run, Session.ACCURACY))
        .allMatch(accuracy -> accuracy.isPresent() && recent(accuracy.get()) == 1);
  }

  /** A sentence if it does much better on the photos that it learns from. */
  private Optional<String> gap() {
    Optional<ScalarPoints> train = Session.scalars(session.train(), Session.ACCURACY);
    Optional<ScalarPoints> validation = Session.scalars(session.validation(), Session.ACCURACY);
    double learned = train.map(Overview::recent).orElse(Double.NaN);
    double others = validation.map(Overview::recent).orElse(Double.NaN);
    return learned - others > WIDE_GAP
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "It is right on %.0f%% of the photos that it learns from, but only on %.0f%% of"
                    + " others: part of what it knows is true of those photos alone.",
                100 * learned,
                100 * others))
        : Optional.empty();
  }

  /** The mean of the last tenth of the points: single batches are drawn by chance. */
  private static double recent(ScalarPoints points) {
    double sum = 0;
    int from = recentFrom(points);
    for (int i = from; i < points.size(); i++) {
      sum += points.value(i);
    }
    return sum / (points.size() - from);
  }

  private static int recentFrom(ScalarPoints points) {
    return Math.min(points.size() - 1, (int) (points.size() * 9L / 10));
  }

  private static void putText(Map<String, Object> answer, String field, String text) {
    if (!text.isEmpty()) {
      answer.put(field, text);
    }
  }

  /** How many photos each set has. */
  private static Map<String, Long> photos(TrainingSetup setup) {
    Map<String, Long> photos = new LinkedHashMap<>();
    photos.put("training", sum(setup.getTrainingPhotosList()));
    photos.put("validation", sum(setup.getValidationPhotosList()));
    photos.put("testing", sum(setup.getTestingPhotosList()));
    return photos;
  }

  private static long sum(List<Integer> counts) {
    return counts.stream().mapToLong(Integer::longValue).sum();
  }
}
