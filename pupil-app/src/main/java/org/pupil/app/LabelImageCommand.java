package org.pupil.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.PupilException;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.LabelledPhoto;
import org.pupil.labelling.Labeller;
import org.pupil.labelling.Overrides;
import org.pupil.labelling.Trust;
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
                      + " \"probability\": ...}], \"familiarity\": ..., \"unlike_training\": ...,"
                      + " \"undecided\": ...}]"));

  private final CommandOption<Boolean> csv =
      CommandOption.yesOrNo(
          OptionSpec.builder("--csv")
              .description("Print comma-separated values with a header and a row for each photo."));

  private final CommandOption<Boolean> reject =
      CommandOption.yesOrNo(
          OptionSpec.builder("--reject")
              .description(
                  "Exit with status 8 if a photo is unlike anything the model was trained on, or the model is undecided between two labels. (It says so in any case.)"));

  private final LabellingOptions labelling =
      new LabellingOptions("How many photos to process at a time.");

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
    spec.addOption(reject.spec());
    labelling.addTo(spec);
    return spec;
  }

  @Override
  public ExitStatus call() {
    check();
    int threads = labelling.threads();
    Path source = graph.path();
    NetworkEngine engine = labelling.engine(source);
    Model model = GivenModel.read(source, launcher);
    Overrides overrides = labelling.overrides();
    List<PhotoSource> sources = GivenPhotos.of(photos.paths(), terminal::warn);
    try (Labeller labeller = Labeller.open(model, overrides, engine, threads, sources.size())) {
      if (reject.value() && !labeller.knowsTrust()) {
        throw PupilException.badModel(
            "--reject: %s does not know what its training photos look like: train it again"
                .formatted(model.path()));
      }
      return label(labeller, sources);
    }
  }

  private ExitStatus label(Labeller labeller, List<PhotoSource> sources) {
    try (AnswerPrinter printer = printer(sources.size(), labeller)) {
      Talk talk = new Talk(terminal);
      labeller.label(
          sources,
          photo -> {
            printer.print(photo);
            terminal.checkOut();
            talk.about(photo);
          });
      return talk.status(reject.value());
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

  private AnswerPrinter printer(int photos, Labeller labeller) {
    if (json.value()) {
      return new JsonAnswers(terminal.data(), topK.value());
    }
    if (csv.value()) {
      int columns = Math.min(topK.value(), labeller.labels().size());
      return new CsvAnswers(terminal.data(), columns, labeller.knowsTrust());
    }
    return new PlainAnswers(terminal, topK.value(), photos > 1);
  }

  /** Names each photo that could not be labelled, or whose labels are not to be trusted. */
  private static final class Talk {
    private final Terminal terminal;
    private boolean failed;
    private boolean doubted;

    Talk(Terminal terminal) {
      this.terminal = terminal;
    }

    void about(LabelledPhoto photo) {
      String name = photo.source().name();
      photo
          .error()
          .ifPresent(
              reason -> {
                failed = true;
                terminal.error(name + ": " + reason);
              });
      photo
          .trust()
          .filter(Trust::isDoubtful)
          .ifPresent(
              trust -> {
                doubted = true;
                terminal.note(name + ": " + doubt(trust, photo.labels()));
              });
    }

    private static String doubt(Trust trust, List<LabelProbability> labels) {
      return trust.unlikeTraining()
          ? "unlike anything it was trained on"
          : "undecided between %s and %s".formatted(labels.get(0).label(), labels.get(1).label());
    }

    ExitStatus status(boolean reject) {
      if (failed) {
        return ExitStatus.BAD_INPUT;
      }
      return reject && doubted ? ExitStatus.REJECTED : ExitStatus.OK;
    }
  }
}
