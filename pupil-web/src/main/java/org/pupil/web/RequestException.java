package org.pupil.web;

import java.io.Serial;

/** A request that cannot be answered: the status and the sentence that is answered. */
public final class RequestException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  private RequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** 404: there is no such run, tag or file. */
  public static RequestException notFound(String what) {
    return new RequestException(404, "Not found: " + what);
  }

  /** 404: there is no such page. */
  public static RequestException notFound() {
    return new RequestException(404, "Not found");
  }

  /** 400: a parameter is missing or makes no sense. */
  public static RequestException invalidArgument(String what) {
    return new RequestException(400, "Invalid argument: " + what);
  }

  /** 400 with a sentence as it is. */
  public static RequestException badRequest(String sentence) {
    return new RequestException(400, sentence);
  }

  int status() {
    return status;
  }
}
