package org.pupil.board.plugins.overview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.EventRecord;
import org.pupil.board.log.HeardStatus;
import org.pupil.board.log.Run;
import org.pupil.board.log.ScalarPoints;
import org.pupil.log.record.TrainingTags;
import org.pupil.record.RunStatus;

/**
 * One training run: a folder whose runs are {@code train} and {@code validation}, and, if Pupil
 * wrote it, the folder itself.
 *
 * @param name the folder's name among the runs, {@code .} for that of the logs
 * @param own what only Pupil writes
 * @param train the training batches, step by step
 * @param validation the validation photos, every so many steps
 * @param heard what it says it is doing; it may say so before there is any event
 */
public record Session(
    String name,
    Optional<Run> own,
    Optional<Run> train,
    Optional<Run> validation,
    Optional<HeardStatus> heard) {
  static final String ACCURACY = TrainingTags.ACCURACY;
  static final String CROSS_ENTROPY = TrainingTags.CROSS_ENTROPY;

  /** TensorFlow 1 made this of a name that was taken. */
  private static final String AGAIN = "_1";

  private static final String ROOT = ".";

  /**
   * The sessions among the runs, the one that started last first. Runs of other programs are none:
   * there must be a text that only Pupil writes, or a run {@code train} with the retrain scripts'
   * accuracy and cross entropy.
   */
  public static List<Session> all(EventLogs logs) {
    Map<String, Session> sessions = new LinkedHashMap<>();
    for (Run run : logs.runs()) {
      if (run.info(TrainingTags.SETUP).isPresent()) {
        sessions.computeIfAbsent(run.name(), name -> of(logs, name));
      } else if (isTrain(run.name())
          && scalarTag(run, ACCURACY).isPresent()
          && scalarTag(run, CROSS_ENTROPY).isPresent()) {
        sessions.computeIfAbsent(parent(run.name()), name -> of(logs, name));
      }
    }
    for (String run : logs.statuses().keySet()) {
      sessions.computeIfAbsent(run, name -> of(logs, name));
    }
    List<Session> latestFirst = new ArrayList<>(sessions.values());
    latestFirst.sort(
        Comparator.comparingDouble((Session session) -> -session.started().orElse(0))
            .thenComparing(Session::name));
    return latestFirst;
  }

  /** Events that are older than a training run's status are of another one in the same folder. */
  private static Session of(EventLogs logs, String name) {
    Optional<HeardStatus> heard = Optional.ofNullable(logs.statuses().get(name));
    Optional<RunStatus> status = heard.map(HeardStatus::status);
    double since = status.map(RunStatus::started).orElse(Double.NEGATIVE_INFINITY);
    return new Session(
        name,
        logs.run(name).filter(run -> lastSetup(run).filter(time -> time >= since).isPresent()),
        logs.run(child(name, TrainingTags.TRAIN))
            .filter(run -> status.isEmpty() || lastPoint(run) >= since),
        logs.run(child(name, TrainingTags.VALIDATION))
            .filter(run -> status.isEmpty() || lastPoint(run) >= since),
        heard);
  }

  private static Optional<Double> lastSetup(Run run) {
    return run.records("text", TrainingTags.SETUP).stream()
        .map(EventRecord::wallTime)
        .reduce((first, last) -> last);
  }

  private static double lastPoint(Run run) {
    return scalars(Optional.of(run), CROSS_ENTROPY)
        .filter(points -> points.size() > 0) // they may go while they are asked for
        .map(points -> points.wallTime(points.size() - 1))
        .orElse(Double.NEGATIVE_INFINITY);
  }

  private static boolean isTrain(String run) {
    return run.equals("train") || run.endsWith("/train") || run.endsWith("\\train");
  }

  private static String parent(String run) {
    String parent = run.substring(0, run.length() - "train".length());
    return parent.isEmpty() ? ROOT : parent.substring(0, parent.length() - 1);
  }

  private static String child(String session, String run) {
    if (session.equals(ROOT)) {
      return run;
    }
    // A group of --logdir_spec calls its root NAME/. and what lies below NAME/train.
    String folder = session.endsWith("/.") ? session.substring(0, session.length() - 2) : session;
    return folder + (folder.contains("\\") ? "\\" : "/") + run;
  }

  /** What it says it is doing. */
  Optional<RunStatus> status() {
    return heard.map(HeardStatus::status);
  }

  /** When it began, in seconds since 1970; empty if nothing says so. */
  OptionalDouble started() {
    Optional<Double> told =
        status().map(RunStatus::started).or(() -> own.flatMap(Session::lastSetup));
    if (told.isPresent()) {
      return OptionalDouble.of(told.get());
    }
    return train
        .flatMap(run -> scalarTag(run, CROSS_ENTROPY).flatMap(run::scalars))
        .filter(points -> points.size() > 0)
        .map(points -> OptionalDouble.of(points.wallTime(0)))
        .orElse(OptionalDouble.empty());
  }

  /**
   * The scalar's tag in a run: TensorFlow 1 made {@code accuracy_1} of {@code accuracy} where that
   * name was taken, so both mean the same.
   *
   * @param name with {@code _1}
   */
  static Optional<String> scalarTag(Run run, String name) {
    String first = name.substring(0, name.length() - AGAIN.length());
    return Stream.of(name, first)
        .filter(tag -> run.scalars(tag).filter(points -> points.size() > 0).isPresent())
        .findFirst();
  }

  /** The points of a scalar of one of the runs; empty if there are none. */
  static Optional<ScalarPoints> scalars(Optional<Run> run, String name) {
    return run.flatMap(one -> scalarTag(one, name).flatMap(one::scalars));
  }
}
