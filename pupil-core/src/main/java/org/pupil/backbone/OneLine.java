package org.pupil.backbone;

/** What another library says about a failure, fit for one line. */
final class OneLine {
  private static final int LONGEST = 300;

  private OneLine() {}

  /** The first line of the message, or the exception's name where it has none. */
  static String of(Throwable failure) {
    String message = failure.getMessage();
    String line =
        message == null || message.isBlank()
            ? failure.getClass().getSimpleName()
            : message.strip().lines().findFirst().orElseThrow();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
