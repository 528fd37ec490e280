package org.pupil.board.web;

import io.javalin.http.Context;
import org.pupil.board.answers.PythonRepr;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.Run;
import org.pupil.board.log.ScalarPoints;
import org.pupil.web.RequestException;
import org.pupil.web.Requests;

/** The runs and series that the parameters of requests ask for. */
public final class SeriesRequests {
  private SeriesRequests() {}

  /**
   * The run of the parameter {@code run}.
   *
   * @throws RequestException (400) if there is no such parameter, (404) if there is no such run
   */
  public static Run run(EventLogs logs, Context context) {
    String name = Requests.parameter(context, "run");
    return logs.run(name)
        .orElseThrow(() -> RequestException.notFound("there is no run '" + name + "'"));
  }

  /** What the parameters {@code run} and {@code tag} name. */
  public record RunAndTag(String run, String tag) {}

  /**
   * The parameters {@code run} and {@code tag}.
   *
   * @throws RequestException (400) if one is missing
   */
  public static RunAndTag runAndTag(Context context) {
    String run = context.queryParam("run");
    String tag = context.queryParam("tag");
    if (run == null || tag == null) {
      throw RequestException.invalidArgument(
          "Both run and tag must be specified: tag=%s, run=%s"
              .formatted(PythonRepr.of(tag), PythonRepr.of(run)));
    }
    return new RunAndTag(run, tag);
  }

  /**
   * The points of the scalar of the parameters {@code run} and {@code tag}.
   *
   * @throws RequestException (400) if a parameter is missing, (404) if there is no such scalar
   */
  public static ScalarPoints scalars(EventLogs logs, Context context) {
    RunAndTag wanted = runAndTag(context);
    return logs.run(wanted.run())
        .flatMap((Run run) -> run.scalars(wanted.tag()))
        .orElseThrow(
            () ->
                RequestException.notFound(
                    "No scalar data for run=%s, tag=%s"
                        .formatted(PythonRepr.of(wanted.run()), PythonRepr.of(wanted.tag()))));
  }
}
