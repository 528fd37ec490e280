package org.pupil;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupil.errors.PupilException;

/**
 * How settings are called: {@code learningRate} by programs, {@code learning_rate} in a model's
 * record of how it was made, {@code --learning_rate} by the stops, which say it in their messages.
 */
final class SettingNames {
  /** What messages call the photos of a teaching, which are no setting by name here. */
  private static final Map<String, String> OTHER_NAMES = Map.of("imageDir", "photos");

  private static final Pattern FLAG = Pattern.compile("(?<![\\w/-])--([a-z][a-z_]*)");
  private static final Pattern HUMP = Pattern.compile("[A-Z]");
  private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");

  private SettingNames() {}

  /** {@code learning_rate} for {@code learningRate}. */
  static String withUnderscores(String setting) {
    return HUMP.matcher(setting)
        .replaceAll(hump -> "_" + Character.toLowerCase(hump.group().charAt(0)));
  }

  private static String withHumps(String flag) {
    return UNDERSCORE
        .matcher(flag)
        .replaceAll(part -> String.valueOf(Character.toUpperCase(part.group(1).charAt(0))));
  }

  /**
   * The same trouble in the words of a program. Only names that are settings are changed: a folder
   * may be called {@code --photos}.
   *
   * @param settings the names of all settings, as programs call them
   */
  static PupilException inWordsOfAProgram(PupilException trouble, Set<String> settings) {
    Matcher flags = FLAG.matcher(String.valueOf(trouble.getMessage()));
    String message =
        flags.replaceAll(
            flag -> {
              String name = withHumps(flag.group(1));
              return Matcher.quoteReplacement(
                  settings.contains(name) ? name : OTHER_NAMES.getOrDefault(name, flag.group()));
            });
    return message.equals(trouble.getMessage()) ? trouble : trouble.withMessage(message);
  }
}
