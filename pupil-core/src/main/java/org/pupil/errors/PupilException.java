package org.pupil.errors;

import java.io.Serial;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person can do something about. The message is one line for that person: what is
 * wrong, where, and what to do. What would break that line is escaped, see {@link OneLine}.
 */
public final class PupilException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Kind {
    /** The settings make no sense: an unknown flag, a value of the wrong type or range. */
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

  /** Gone where the exception was sent to another process, which then has its text only. */
  private final transient @Nullable Message message;

  private PupilException(Kind kind, Message message, @Nullable Throwable cause) {
    super(OneLine.of(message.toString()), cause);
    this.kind = kind;
    this.message = message;
  }

  public static PupilException usage(String message) {
    return usage(Message.of(message));
  }

  public static PupilException usage(Message message) {
    return new PupilException(Kind.USAGE, message, null);
  }

  public static PupilException badInput(String message) {
    return badInput(Message.of(message));
  }

  public static PupilException badInput(Message message) {
    return new PupilException(Kind.BAD_INPUT, message, null);
  }

  public static PupilException badInput(String message, Throwable cause) {
    return badInput(Message.of(message), cause);
  }

  public static PupilException badInput(Message message, Throwable cause) {
    return new PupilException(Kind.BAD_INPUT, message, cause);
  }

  public static PupilException badModel(String message) {
    return badModel(Message.of(message));
  }

  public static PupilException badModel(Message message) {
    return new PupilException(Kind.BAD_MODEL, message, null);
  }

  public static PupilException badModel(String message, Throwable cause) {
    return badModel(Message.of(message), cause);
  }

  public static PupilException badModel(Message message, Throwable cause) {
    return new PupilException(Kind.BAD_MODEL, message, cause);
  }

  public static PupilException unavailable(String message) {
    return unavailable(Message.of(message));
  }

  public static PupilException unavailable(Message message) {
    return new PupilException(Kind.UNAVAILABLE, message, null);
  }

  public static PupilException unavailable(String message, Throwable cause) {
    return unavailable(Message.of(message), cause);
  }

  public static PupilException unavailable(Message message, Throwable cause) {
    return new PupilException(Kind.UNAVAILABLE, message, cause);
  }

  public static PupilException diverged(String message) {
    return diverged(Message.of(message));
  }

  public static PupilException diverged(Message message) {
    return new PupilException(Kind.DIVERGED, message, null);
  }

  /** What {@link #getMessage} says in one line, to be said in other words or within a message. */
  public Message message() {
    return message == null ? Message.of(String.valueOf(getMessage())) : message;
  }

  /** The message in one line, with the names that settings have elsewhere. */
  public String messageIn(Function<Setting, String> names) {
    return OneLine.of(message().in(names));
  }

  /**
   * The same trouble, of which more is said.
   *
   * @param more stands behind the message, without a space between
   */
  public PupilException adding(String more) {
    return new PupilException(kind, Message.of(message(), more), this);
  }

  public Kind kind() {
    return kind;
  }
}
