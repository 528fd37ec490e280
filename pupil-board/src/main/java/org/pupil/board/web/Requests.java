package org.pupil.board.web;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.List;
import org.pupil.board.answers.PythonRepr;
import org.pupil.board.log.EventLogs;
import org.pupil.board.log.Run;
import org.pupil.board.log.ScalarPoints;

/** What the parameters of requests ask for. */
final class Requests {
  private Requests() {}

  /**
   * A parameter of the address that must be there.
   *
   * @throws RequestException (400) if it is not
   */
  static String parameter(Context context, String name) {
    String value = context.queryParam(name);
    if (value == null) {
      throw RequestException.invalidArgument(name + " must be given");
    }
    return value;
  }

  /**
   * A whole number that may be left out.
   *
   * @throws RequestException (400) if it is something else
   */
  static int optionalInt(Context context, String name, int otherwise) {
    String value = context.queryParam(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw RequestException.invalidArgument(name + " must be a whole number, was " + value);
    }
  }

  /**
   * The run of the parameter {@code run}.
   *
   * @throws RequestException (400) if there is no such parameter, (404) if there is no such run
   */
  static Run run(EventLogs logs, Context context) {
    String name = parameter(context, "run");
    return logs.run(name)
        .orElseThrow(() -> RequestException.notFound("there is no run '" + name + "'"));
  }

  /**
   * The values of a field of a form that was sent, of either of the two ways to send one.
   *
   * @throws RequestException (400) if the form cannot be read
   */
  static List<String> formParameters(Context context, String name) {
    try {
      return context.formParams(name);
    } catch (HttpResponseException e) {
      throw e;
    } catch (Exception e) {
      // The framework lets exceptions through that it does not declare.
      throw RequestException.invalidArgument("the form cannot be read, or is too large");
    }
  }

  /** What the parameters {@code run} and {@code tag} name. */
  record RunAndTag(String run, String tag) {}

  /**
   * The parameters {@code run} and {@code tag}.
   *
   * @throws RequestException (400) if one is missing
   */
  static RunAndTag runAndTag(Context context) {
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
  static ScalarPoints scalars(EventLogs logs, Context context) {
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
