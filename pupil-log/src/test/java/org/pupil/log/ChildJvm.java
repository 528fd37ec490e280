package org.pupil.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to run a class of the tests in a process of its own. */
final class ChildJvm {
  private ChildJvm() {}

  static List<String> command(Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }
}
