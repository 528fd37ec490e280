package org.pupil.inventory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.pupil.engine.Processor;

/**
 * What Pupil runs on.
 *
 * @param java version and maker of the Java runtime
 * @param javaHome where it is
 * @param heapBytes how much memory Java may use at most
 * @param system operating system, its version and its kind of processor
 * @param processor the processor's name; "unknown" where nobody tells it
 * @param instructionSets those that make networks fast; empty where nobody tells them
 * @param cores how many of its cores may be used
 * @param memoryBytes the memory of the machine or container, if that is known
 */
public record Machine(
    String java,
    Path javaHome,
    long heapBytes,
    String system,
    String processor,
    List<String> instructionSets,
    int cores,
    OptionalLong memoryBytes) {

  public Machine {
    instructionSets = List.copyOf(instructionSets);
  }

  /** The machine of this process. */
  public static Machine ofProcess() {
    Processor processor = Processor.ofMachine();
    return new Machine(
        property("java.version") + ", " + property("java.vendor"),
        Path.of(property("java.home")),
        Runtime.getRuntime().maxMemory(),
        property("os.name") + " " + property("os.version") + ", " + property("os.arch"),
        processor
            .name()
            .orElseGet(() -> System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", "unknown")),
        processor.instructionSets(),
        Runtime.getRuntime().availableProcessors(),
        memory());
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static OptionalLong memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? OptionalLong.of(system.getTotalMemorySize())
        : OptionalLong.empty();
  }

  /**
   * The room that is left on the disk of a folder, in bytes. Of a folder that is not there yet: on
   * that of the one it would be made in.
   *
   * @return empty if nobody can tell
   */
  public static OptionalLong roomIn(Path folder) {
    Path place = folder.toAbsolutePath().normalize();
    while (place != null && !Files.isDirectory(place)) {
      place = place.getParent();
    }
    try {
      return place == null
          ? OptionalLong.empty()
          : OptionalLong.of(Files.getFileStore(place).getUsableSpace());
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
