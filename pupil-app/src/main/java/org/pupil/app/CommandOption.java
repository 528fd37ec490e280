package org.pupil.app;

import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A flag of a command that must start fast, and its value. It is declared without annotations: to
 * read them, the virtual machine generates a class for each kind at every start, which takes 0.03
 * seconds.
 *
 * @param <T> what the value is
 */
final class CommandOption<T> {
  private final Class<T> type;
  private final OptionSpec spec;

  private CommandOption(Class<T> type, OptionSpec.Builder flag) {
    this.type = type;
    this.spec = flag.type(type).build();
  }

  /** A flag without a default. */
  static <T> CommandOption<T> of(Class<T> type, OptionSpec.Builder flag) {
    return new CommandOption<>(type, flag);
  }

  /** A flag that has a value even if it is not given. */
  static <T> CommandOption<T> of(Class<T> type, T defaultValue, OptionSpec.Builder flag) {
    return new CommandOption<>(type, flag.initialValue(defaultValue));
  }

  /** A flag that is off unless it is given, alone or with a value. */
  static CommandOption<Boolean> yesOrNo(OptionSpec.Builder flag) {
    return of(
        Boolean.class, false, flag.arity("0..1").fallbackValue("true").paramLabel("true|false"));
  }

  /** The flag as picocli takes it. */
  OptionSpec spec() {
    return spec;
  }

  /** What was given, or else the default. Nothing if there is neither. */
  Optional<T> given() {
    return Optional.ofNullable(type.cast(spec.getValue()));
  }

  /**
   * What was given, or else the default.
   *
   * @throws java.util.NoSuchElementException if there is neither
   */
  T value() {
    return given().orElseThrow();
  }
}
