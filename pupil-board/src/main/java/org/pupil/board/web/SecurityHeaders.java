package org.pupil.board.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/** What every answer says to the browser. */
final class SecurityHeaders implements Handler {
  /** Nothing from elsewhere, no inline script, no eval; styles may be set by scripts. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline';"
          + " worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'self'";

  @Override
  public void handle(Context context) {
    context
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "SAMEORIGIN")
        .header("Referrer-Policy", "no-referrer")
        .header("Content-Security-Policy", POLICY)
        .header("Cache-Control", "no-cache, must-revalidate")
        .header("Expires", "0");
  }
}
