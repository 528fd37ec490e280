package org.pupil.app;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.pupil.errors.OneLine;
import org.pupil.ingest.Bytes;
import org.pupil.ingest.Catalogue;
import org.pupil.ingest.IngestedSet;
import org.pupil.ingest.KnownDataset;

/** Prints what became of a photo set, and which are known by name. */
final class DatasetPrinter {
  private final Terminal terminal;
  private final Launcher launcher;

  DatasetPrinter(Terminal terminal, Launcher launcher) {
    this.terminal = terminal;
    this.launcher = launcher;
  }

  /** The sets that are known by name. */
  static void list(PrintStream out, Catalogue catalogue, Launcher launcher) {
    int width = catalogue.datasets().stream().mapToInt(set -> set.name().length()).max().orElse(0);
    for (KnownDataset set : catalogue.datasets()) {
      out.println(
          OneLine.of(
              String.format(
                  Locale.ROOT,
                  "%-" + width + "s  %7s  %s",
                  set.name(),
                  set.size() == 0 ? "" : Bytes.of(set.size()),
                  set.title())));
      out.println(OneLine.of(" ".repeat(width + 11) + "Licence: " + set.licence()));
    }
    out.println();
    out.println(
        "To get one: "
            + launcher.line("dataset " + catalogue.datasets().get(0).name() + " --to my-photos"));
  }

  /** The labels with their photos, where they are, and what to do next. */
  void result(IngestedSet set) {
    PrintStream out = terminal.out();
    int width = set.counts().keySet().stream().mapToInt(LineWrap::width).max().orElse(0);
    width = Math.max(width, "label".length());
    out.println("label" + " ".repeat(width - "label".length()) + "  photos");
    for (Map.Entry<String, Integer> label : set.counts().entrySet()) {
      out.println(
          OneLine.of(label.getKey())
              + " ".repeat(width - LineWrap.width(label.getKey()))
              + String.format(Locale.ROOT, "  %6d", label.getValue()));
    }
    Path folder = set.folder();
    String next = set.table().orElse(folder).toString();
    out.println(
        OneLine.of(
            "%d photos of %d labels in %s".formatted(set.photos(), set.counts().size(), folder)));
    out.println(OneLine.of("Contact sheet: " + set.contactSheet()));
    if (set.gone() > 0) {
      terminal.warn(
          "%d of them are no longer there: to get them again, delete %s first"
              .formatted(set.gone(), folder));
    }
    out.println("Next: " + launcher.line("check --image_dir " + ShellWord.of(next)));
  }
}
