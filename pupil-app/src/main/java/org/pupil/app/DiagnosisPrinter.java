package org.pupil.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.pupil.backbone.KnownBackbone;
import org.pupil.backbone.fetch.Reachability;
import org.pupil.dataset.InstalledConverters;
import org.pupil.dataset.PhotoFormat;
import org.pupil.errors.OneLine;
import org.pupil.ingest.Bytes;
import org.pupil.inventory.Kept;
import org.pupil.inventory.Machine;
import org.pupil.inventory.NativeLibrary;
import org.pupil.run.PupilVersion;

/** Tells a person what {@code pupil doctor} found, and what to do about what is missing. */
final class DiagnosisPrinter {
  /** Less memory or room on a disk than this is worth a word. */
  private static final long LITTLE = 1_000_000_000;

  private static final int HASH_SHOWN = 12;
  private static final int NAME_WIDTH = 14;

  private final Terminal terminal;
  private final Launcher launcher;

  DiagnosisPrinter(Terminal terminal, Launcher launcher) {
    this.terminal = terminal;
    this.launcher = launcher;
  }

  void print(Diagnosis diagnosis) {
    terminal.out().println("Pupil " + PupilVersion.number());
    title("Machine");
    machine(diagnosis.machine());
    disk("Disk", diagnosis.workFolder(), diagnosis.workRoom());
    title("Engines");
    diagnosis.libraries().forEach(this::library);
    tensorFlow(diagnosis.hasTensorFlow());
    title("Photo formats");
    formats(diagnosis.converters());
    title("Backbones");
    diagnosis.backbones().forEach(this::backbone);
    title("What Pupil keeps and can make again");
    disk("Cache", diagnosis.cacheFolder(), diagnosis.cacheRoom());
    diagnosis.kept().forEach(this::kept);
    line("To remove", launcher.line("clean") + " shows it all, and removes what you choose");
    if (!diagnosis.addresses().isEmpty()) {
      addresses(diagnosis.addresses());
    }
    title("Self-check");
    line("Train, label", diagnosis.selfCheck().orElse("works"));
    terminal.out().println();
    terminal
        .out()
        .println(
            diagnosis.isHealthy()
                ? "Pupil works on this machine."
                : "Pupil does not work on this machine: see above.");
  }

  private void machine(Machine machine) {
    line("Java", machine.java() + ", in " + machine.javaHome());
    line("System", machine.system());
    line(
        "Processor",
        machine.processor()
            + (machine.cores() == 1 ? ", 1 core" : ", " + machine.cores() + " cores"));
    List<String> sets = machine.instructionSets();
    line("Instructions", sets.isEmpty() ? "not known on this system" : String.join(", ", sets));
    line("Memory", memory(machine));
  }

  private static String memory(Machine machine) {
    String heap = "Java may use " + Bytes.of(machine.heapBytes());
    String all =
        machine.memoryBytes().isEmpty()
            ? heap
            : Bytes.of(machine.memoryBytes().getAsLong()) + ", of which " + heap;
    return machine.heapBytes() < LITTLE
        ? all + "; that is little for thousands of photos: PUPIL_JAVA_OPTS=-Xmx2g gives it more"
        : all;
  }

  private void disk(String name, Path folder, OptionalLong room) {
    String free = room.isEmpty() ? "" : ", " + Bytes.of(room.getAsLong()) + " free";
    boolean isLittle = room.isPresent() && room.getAsLong() < LITTLE;
    line(name, folder + free + (isLittle ? "; that is little: make room" : ""));
  }

  private void library(NativeLibrary library) {
    line(
        library.name(),
        library.failure().orElseGet(() -> library.version().orElse("") + ", " + library.purpose()));
  }

  private void tensorFlow(boolean isThere) {
    line(
        "TensorFlow",
        isThere
            ? "there, for --engine tensorflow and --precision bfloat16"
            : "not there; only --engine tensorflow and --precision bfloat16 need it, and fetch it");
  }

  private void formats(InstalledConverters converters) {
    line("Read by Pupil", "JPEG, PNG, GIF, BMP, WebP, TIFF");
    for (PhotoFormat format : PhotoFormat.values()) {
      if (format.needsConverter()) {
        line(
            format.inWords(),
            converters.reading(format).stream()
                .findFirst()
                .map(program -> "read by " + program.file())
                .orElseGet(() -> "not read; to change that, " + converters.advice(format)));
      }
    }
  }

  private void backbone(KnownBackbone backbone) {
    Optional<String> hash = backbone.sha256().map(text -> text.substring(0, HASH_SHOWN));
    String state =
        backbone
            .trouble()
            .orElseGet(() -> Bytes.of(backbone.bytes()) + ", SHA-256 " + hash.orElse("") + "...");
    terminal
        .out()
        .println(
            OneLine.of(
                "  %s%s: %s"
                    .formatted(
                        backbone.name(),
                        backbone.file().isEmpty() ? ", all sizes, built in" : "",
                        state)));
  }

  private void kept(Kept kept) {
    line(capital(kept.kind().toString()), Bytes.of(kept.bytes()) + ", " + kept.kind().what());
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private void addresses(List<Reachability> addresses) {
    title("Network, which only downloads need");
    for (Reachability address : addresses) {
      line(
          address.trouble().isEmpty() ? "Reachable" : "Not reachable",
          address.address() + address.trouble().map(" (%s)"::formatted).orElse(""));
    }
    if (addresses.stream().anyMatch(address -> address.trouble().isPresent())) {
      line(
          "What to do",
          "Nothing, for built-in backbones and your own photos. Behind a proxy, set https_proxy");
    }
  }

  private void title(String title) {
    terminal.out().println();
    terminal.out().println(title);
  }

  private void line(String name, String value) {
    terminal.out().println(OneLine.of(("  %-" + NAME_WIDTH + "s %s").formatted(name, value)));
  }
}
