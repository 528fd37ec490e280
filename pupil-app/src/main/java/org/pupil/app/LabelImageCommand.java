package org.pupil.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.PupilException;
import org.pupil.labelling.LabelledPhoto;
import org.pupil.labelling.Labeller;
import org.pupil.labelling.Overrides;
import org.pupil.model.Model;
import org.pupil.network.NetworkEngine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code pupil label_image}: a model says what is on photos. */
final class LabelImageCommand implements Callable<ExitStatus> {
  private final Terminal terminal;
  private final Launcher launcher;

  private final PhotoArguments photos =
      new PhotoArguments(
          "A photo, a folder of photos, or - for a photo on standard input. Can be repeated.");

  private final GraphOption graph = new GraphOption();

  private final CommandOption<Integer> topK =
      CommandOption.of(
          Integer.class,
          5,
          OptionSpec.builder("--top_k")
              .paramLabel("N")
              .description("How many labels to print for each photo. Default: ${DEFAULT-VALUE}"));

  private final CommandOption<Boolean> json =
      CommandOption.yesOrNo(
          OptionSpec.builder("--json")
              .description(
                  "Print one JSON array: [{\"image\": PATH, \"labels\": [{\"label\": ...,"
                      + " \"probability\": ...}]}]"));

  private final CommandOption<Boolean> csv =
      CommandOption.yesOrNo(
          OptionSpec.builder("--csv")
              .description("Print comma-separated values with a header and a row for each photo."));

  private final LabellingOptions labelling = new LabellingOptions();

  LabelImageCommand(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.launcher = Launcher.of(environment);
  }

  /** The command as picocli takes it. */
  CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("label_image").aliases("label");
    spec.usageMessage()
        .sortOptions(false)
        .header("Labels photos with a model.")
        .customSynopsis("pupil label_image [FLAG...] [--image] PHOTO...")
        .description(
            "",
            "Prints the most likely labels of each photo with their probabilities, the highest first. A model that retrain made contains its labels, size and scaling; for a graph that the Python scripts made, use the flags of the last group.",
            "",
            "  pupil label_image --image tom.jpg",
            "  pupil label_image --csv holiday/ > labels.csv",
            "  cat tom.jpg | pupil label_image --image -",
            "");
    photos.addTo(spec);
    graph.addTo(spec);
    spec.addOption(topK.spec()).addOption(json.spec()).addOption(csv.spec());
    labelling.addTo(spec);
    return spec;
  }

  @Override
  public ExitStatus call() {
    check();
    int threads = labelling.threads();
    NetworkEngine engine = labelling.engine();
    Model model = GivenModel.read(graph.path(), launcher);
    Overrides overrides = labelling.overrides();
    List<PhotoSource> sources = GivenPhotos.of(photos.paths());
    try (Labeller labeller = Labeller.open(model, overrides, engine, threads, sources.size());
        AnswerPrinter printer = printer(sources.size(), labeller.labels().size())) {
      FailureCount failures = new FailureCount(terminal);
      labeller.label(
          sources,
          photo -> {
            printer.print(photo);
            terminal.checkOut();
            failures.count(photo);
          });
      return failures.any() ? ExitStatus.BAD_INPUT : ExitStatus.OK;
    }
  }

  private void check() {
    if (json.value() && csv.value()) {
      throw PupilException.usage("give --json or --csv, not both");
    }
    if (topK.value() < 1) {
      throw PupilException.usage("--top_k must be at least 1, was " + topK.value());
    }
    if (photos.paths().isEmpty()) {
      throw PupilException.usage(
          "no photo is given: %s (--help tells more)"
              .formatted(launcher.line("label_image --image some.jpg")));
    }
  }

  private AnswerPrinter printer(int photos, int labels) {
    if (json.value()) {
      return new JsonAnswers(terminal.data(), topK.value());
    }
    if (csv.value()) {
      return new CsvAnswers(terminal.data(), Math.min(topK.value(), labels));
    }
    return new PlainAnswers(terminal, topK.value(), photos > 1);
  }

  /** Names each photo that could not be labelled, and remembers that there was one. */
  private static final class FailureCount {
    private final Terminal terminal;
    private int failures;

    FailureCount(Terminal terminal) {
      this.terminal = terminal;
    }

    void count(LabelledPhoto photo) {
      photo
          .error()
          .ifPresent(
              reason -> {
                failures++;
                terminal.error(photo.source().name() + ": " + reason);
              });
    }

    boolean any() {
      return failures > 0;
    }
  }
}
