package org.pupil.web;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.List;

/** Reads parameters of requests. */
public final class Requests {
  private Requests() {}

  /**
   * A parameter of the address that must be there.
   *
   * @throws RequestException (400) if it is not
   */
  public static String parameter(Context context, String name) {
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
  public static int optionalInt(Context context, String name, int otherwise) {
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
   * The values of a field of a form that was sent, of either of the two ways to send one.
   *
   * @throws RequestException (400) if the form cannot be read
   */
  public static List<String> formParameters(Context context, String name) {
    try {
      return context.formParams(name);
    } catch (HttpResponseException e) {
      throw e;
    } catch (Exception e) {
      // The framework lets exceptions through that it does not declare.
      throw RequestException.invalidArgument("the form cannot be read, or is too large");
    }
  }
}
