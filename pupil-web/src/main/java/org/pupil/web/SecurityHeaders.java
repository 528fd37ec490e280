package org.pupil.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Map;
import java.util.function.BiConsumer;

/** What every answer says to the browser. */
final class SecurityHeaders implements Handler {
  /** Nothing from elsewhere, no inline script, no eval; styles may be set by scripts. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline';"
          + " worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'self'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "SAMEORIGIN",
          "Referrer-Policy", "no-referrer",
          "Content-Security-Policy", POLICY,
          "Cache-Control", "no-cache, must-revalidate",
          "Expires", "0");

  @Override
  public void handle(Context context) {
    forEach(context::header);
  }

  /** Names and values. */
  static void forEach(BiConsumer<String, String> header) {
    HEADERS.forEach(header);
  }
}
