package org.pupil.app;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Flags that are given more than once: the last one counts. Picocli must not see the others: when a
 * flag of a group comes a second time, it begins the group anew, and what other flags of the group
 * have said is lost.
 */
final class RepeatedFlags {
  private RepeatedFlags() {}

  /**
   * Leaves out what a later argument replaces.
   *
   * @param command says which flags may have many values: of those, all stay
   * @param normal arguments as {@link ArgumentNormalizer} makes them
   */
  static List<String> lastOfEach(CommandSpec command, List<String> normal) {
    int end = normal.indexOf("--");
    int flags = end < 0 ? normal.size() : end;
    Set<OptionSpec> seen = new HashSet<>();
    List<String> kept = new ArrayList<>(normal.subList(flags, normal.size()));
    for (int i = flags - 1; i >= 0; i--) {
      String argument = normal.get(i);
      OptionSpec option = command.findOption(argument.split("=", 2)[0]);
      if (option == null || option.isMultiValue() || seen.add(option)) {
        kept.add(0, argument);
      }
    }
    return kept;
  }
}
