package org.pupil.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.pupil.errors.PupilException;

/**
 * Brings a command's arguments, however they were typed, into the one form that the parser behind
 * it is given: {@code --flag=value}.
 *
 * <p>Understood is what Python's argparse and absl understand, the parsers of the original scripts:
 *
 * <ul>
 *   <li>{@code --some_flag} and {@code --some-flag}, and every beginning of a flag that no other
 *       flag shares; a flag's whole name wins over longer ones that begin with it;
 *   <li>{@code --flag value} and {@code --flag=value}; negative numbers and a lone {@code -} are
 *       values, other values that begin with {@code -} need the {@code =};
 *   <li>switches alone, negated as {@code --noflag}, or with {@code =true} or {@code =false} (also
 *       t, f, yes, no, y, n, 1, 0, in any letter case), all handed on as {@code --flag=true} or
 *       {@code --flag=false};
 *   <li>{@code --}: what follows is handed on as it is, after it.
 * </ul>
 *
 * <p>Other arguments, and options of a dash and one letter, are handed on as they are and in their
 * place. Flags keep their order, and those given twice are handed on twice. What comes out goes
 * through unchanged.
 */
final class ArgumentNormalizer {
  private static final Pattern NEGATIVE_NUMBER =
      Pattern.compile("-(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "1");
  private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "0");

  private final FlagNames names;

  /** Takes the flags of a command, each once. */
  ArgumentNormalizer(Collection<Flag> flags) {
    names = new FlagNames(flags);
  }

  /**
   * Rewrites the arguments.
   *
   * @param arguments what stands on the command line after the command's name
   * @throws PupilException (usage) with one line about the first argument that makes no sense: an
   *     unknown flag, with the nearest right one; a beginning that several flags share; a flag
   *     without its value; a value that a switch does not take
   */
  List<String> normalize(List<String> arguments) {
    List<String> normal = new ArrayList<>(arguments.size());
    ListIterator<String> rest = arguments.listIterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      if (argument.equals("--")) {
        normal.add(argument);
        rest.forEachRemaining(normal::add);
      } else if (argument.startsWith("--")) {
        normal.add(flag(argument, rest));
      } else if (isValue(argument) || argument.length() == 2) {
        normal.add(argument);
      } else {
        throw names.unknown(beforeEquals(argument));
      }
    }
    return normal;
  }

  private String flag(String argument, ListIterator<String> rest) {
    String typed = beforeEquals(argument);
    FlagNames.Meant meant = names.find(typed);
    Flag flag = meant.flag();
    if (typed.length() < argument.length()) {
      return withValue(meant, typed, argument.substring(typed.length() + 1));
    }
    return switch (flag.takes()) {
      case VALUE -> flag.canonical() + "=" + nextValue(flag, rest);
      case BOOLEAN -> {
        refuseLooseBoolean(flag, rest);
        yield flag.canonical() + "=" + !meant.negated();
      }
      case NOTHING -> flag.canonical();
    };
  }

  private static String withValue(FlagNames.Meant meant, String typed, String value) {
    Flag flag = meant.flag();
    if (flag.takes() == Flag.Takes.NOTHING || meant.negated()) {
      throw PupilException.usage(
          "%s takes no value, was given %s"
              .formatted(FlagNames.shown(typed), FlagNames.shown(value)));
    }
    return flag.canonical()
        + "="
        + (flag.takes() == Flag.Takes.BOOLEAN ? trueOrFalse(flag, value) : value);
  }

  private static boolean trueOrFalse(Flag flag, String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (!TRUE.contains(lower) && !FALSE.contains(lower)) {
      throw PupilException.usage(
          "%s must be true or false, was %s".formatted(flag.canonical(), FlagNames.shown(value)));
    }
    return TRUE.contains(lower);
  }

  private static String nextValue(Flag flag, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw PupilException.usage(flag.canonical() + " needs a value");
    }
    String value = rest.next();
    if (!isValue(value)) {
      throw PupilException.usage(
          "%s needs a value; one that begins with - is typed %s=%s"
              .formatted(flag.canonical(), flag.canonical(), FlagNames.shown(value)));
    }
    return value;
  }

  /** A switch takes no second argument, so a true or false there would be taken for a file. */
  private static void refuseLooseBoolean(Flag flag, ListIterator<String> rest) {
    if (!rest.hasNext()) {
      return;
    }
    String next = rest.next();
    rest.previous();
    if (next.equalsIgnoreCase("true") || next.equalsIgnoreCase("false")) {
      throw PupilException.usage(
          "%s is a switch: type %s=%s"
              .formatted(flag.canonical(), flag.canonical(), next.toLowerCase(Locale.ROOT)));
    }
  }

  private static boolean isValue(String argument) {
    return !argument.startsWith("-")
        || argument.equals("-")
        || NEGATIVE_NUMBER.matcher(argument).matches();
  }

  private static String beforeEquals(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0 ? argument : argument.substring(0, equals);
  }
}
