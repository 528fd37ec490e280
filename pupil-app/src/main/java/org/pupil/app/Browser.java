package org.pupil.app;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The browser of this machine. */
final class Browser {
  private Browser() {}

  /**
   * Opens a page by the system's own means, because Java's needs a display library. If that cannot
   * be, a warning says so.
   */
  static void open(URI address, Terminal terminal) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    List<String> command =
        system.contains("mac")
            ? List.of("open", address.toString())
            : system.contains("win")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", address.toString())
                : List.of("xdg-open", address.toString());
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      terminal.warn("cannot open a browser (" + e.getMessage() + "): open the address yourself");
    }
  }
}
