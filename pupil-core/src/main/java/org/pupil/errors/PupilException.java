package org.pupil.errors;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person can do something about. The message is one line for that person: what is
 * wrong, where, and what to do. What would break that line is escaped, see {@link OneLine}.
 */
public final class PupilException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Kind {
    /** The command line makes no sense: an unknown flag, a value of the wrong type or range. */
    USAGE,
    /** Photos, folders or other input cannot be used as they are. */
    BAD_INPUT,
    /** A backbone, graph or labels file cannot be used. */
    BAD_MODEL,
    /** Something outside is not there: the network, the disk's space, a permission to write. */
    UNAVAILABLE,
    /** The training run diverged: the loss is no longer a finite number. */
    DIVERGED
  }

  private final Kind kind;

  private PupilException(Kind kind, String message, @Nullable Throwable cause) {
    super(OneLine.of(message), cause);
    this.kind = kind;
  }

  public static PupilException usage(String message) {
    return new PupilException(Kind.USAGE, message, null);
  }

  public static PupilException badInput(String message) {
    return new PupilException(Kind.BAD_INPUT, message, null);
  }

  public static PupilException badInput(String message, Throwable cause) {
    return new PupilException(Kind.BAD_INPUT, message, cause);
  }

  public static PupilException badModel(String message) {
    return new PupilException(Kind.BAD_MODEL, message, null);
  }

  public static PupilException badModel(String message, Throwable cause) {
    return new PupilException(Kind.BAD_MODEL, message, cause);
  }

  public static PupilException unavailable(String message) {
    return new PupilException(Kind.UNAVAILABLE, message, null);
  }

  public static PupilException unavailable(String message, Throwable cause) {
    return new PupilException(Kind.UNAVAILABLE, message, cause);
  }

  public static PupilException diverged(String message) {
    return new PupilException(Kind.DIVERGED, message, null);
  }

  /** The same trouble in other words, with this one as its cause. */
  public PupilException withMessage(String message) {
    return new PupilException(kind, message, this);
  }

  public Kind kind() {
    return kind;
  }
}
