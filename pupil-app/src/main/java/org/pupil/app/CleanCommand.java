package org.pupil.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.pupil.errors.OneLine;
import org.pupil.errors.PupilException;
import org.pupil.files.Reason;
import org.pupil.ingest.Bytes;
import org.pupil.inventory.Kept;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code pupil clean}: shows what Pupil keeps and can make again, and removes what is chosen. */
final class CleanCommand implements Callable<ExitStatus> {
  private final Terminal terminal;
  private final Launcher launcher;
  private final StorageOptions storage = new StorageOptions();

  private final PositionalParamSpec kinds =
      PositionalParamSpec.builder()
          .paramLabel("KIND")
          .description("What to remove: " + names() + ". Without it, everything is only shown.")
          .completionCandidates(Arrays.stream(Kept.Kind.values()).map(Kept.Kind::toString).toList())
          .type(List.class)
          .auxiliaryTypes(String.class)
          .arity("0..*")
          .initialValue(List.of())
          .build();

  private final CommandOption<Boolean> yes =
      CommandOption.yesOrNo(
          OptionSpec.builder("--yes").description("Remove it without asking first."));

  private final CommandOption<Boolean> json =
      CommandOption.yesOrNo(
          OptionSpec.builder("--json")
              .description("Print what there is, or what was removed, as one JSON object."));

  CleanCommand(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.launcher = Launcher.of(environment);
  }

  /** The command as picocli takes it. */
  CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("clean").aliases("tidy");
    spec.usageMessage()
        .sortOptions(false)
        .header(
            "Shows what Pupil keeps on the disk and can make again, and removes what you choose.")
        .customSynopsis("pupil clean [FLAG...] [KIND...]")
        .description(
            "",
            "Photos, models, event files and reports are never removed. Without a KIND nothing is. End training runs before you remove what they are using.",
            "",
            "  pupil clean",
            "  pupil clean bottlenecks maps",
            "");
    spec.addPositional(kinds);
    spec.addOption(yes.spec());
    spec.addOption(json.spec());
    storage.addTo(spec);
    return spec;
  }

  private static String names() {
    return Arrays.stream(Kept.Kind.values())
        .map(Kept.Kind::toString)
        .collect(Collectors.joining(", "));
  }

  @Override
  public ExitStatus call() {
    Set<Kept.Kind> chosen = chosen();
    List<Kept> there = storage.storage().kept();
    if (chosen.isEmpty()) {
      show(there);
      return ExitStatus.OK;
    }
    List<Kept> doomed = there.stream().filter(kept -> chosen.contains(kept.kind())).toList();
    if (doomed.isEmpty()) {
      terminal.note("Nothing to remove: there are none of these.");
    } else if (isAgreed(doomed)) {
      doomed.forEach(this::remove);
    } else {
      terminal.note("Nothing was removed.");
      return ExitStatus.OK;
    }
    if (json.value()) {
      printJson(doomed);
    }
    return ExitStatus.OK;
  }

  private Set<Kept.Kind> chosen() {
    Set<Kept.Kind> chosen = EnumSet.noneOf(Kept.Kind.class);
    List<String> typed = kinds.getValue();
    for (String name : typed) {
      chosen.add(Choice.of("KIND", Kept.Kind.class, name));
    }
    return chosen;
  }

  private void show(List<Kept> there) {
    if (json.value()) {
      printJson(there);
      return;
    }
    if (there.isEmpty()) {
      terminal.out().println("Pupil keeps nothing here that it could make again.");
      return;
    }
    for (Kept kept : there) {
      terminal
          .out()
          .println(
              "%-12s %9s  %s".formatted(kept.kind(), Bytes.of(kept.bytes()), kept.kind().what()));
      terminal.out().println("%24s%s".formatted("", "without: " + kept.kind().cost()));
      kept.paths()
          .forEach(path -> terminal.out().println(OneLine.of("%24s%s".formatted("", path))));
    }
    terminal.note("Nothing was removed. To remove one of these: " + launcher.line("clean KIND"));
  }

  /** Asks a person at a terminal; elsewhere {@code --yes} has to be given. */
  private boolean isAgreed(List<Kept> doomed) {
    if (yes.value()) {
      return true;
    }
    String nobody =
        "nobody can be asked here: add --yes to remove what " + launcher.line("clean") + " shows";
    if (!terminal.errIsTerminal()) {
      throw PupilException.usage(nobody);
    }
    doomed.forEach(kept -> kept.paths().forEach(path -> terminal.note("  " + path)));
    long bytes = doomed.stream().mapToLong(Kept::bytes).sum();
    try (Keys keys = Keys.ofTerminal(nobody)) {
      keys.begin();
      terminal.err().print("Remove these, %s? [y/N] ".formatted(Bytes.of(bytes)));
      terminal.err().flush();
      int key = keys.next();
      if (!keys.needEnter()) {
        terminal.err().println(Character.isLetter(key) ? Character.toString(key) : "");
      }
      return key == 'y' || key == 'Y';
    }
  }

  private void remove(Kept kept) {
    try {
      kept.remove();
    } catch (IOException e) {
      throw PupilException.unavailable(
          "%s cannot be removed: %s; end the programs that use them, then try again"
              .formatted(kept.kind(), Reason.of(e)),
          e);
    }
    terminal.note("Removed %s: %s".formatted(kept.kind(), Bytes.of(kept.bytes())));
  }

  private void printJson(List<Kept> all) {
    try (JsonGenerator generator =
        new JsonFactory()
            .createGenerator(terminal.data())
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .useDefaultPrettyPrinter()) {
      generator.writeStartObject();
      KeptJson.write(all, generator);
      generator.writeEndObject();
      generator.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
