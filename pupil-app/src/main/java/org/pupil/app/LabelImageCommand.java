package org.pupil.app;

import java.nio.file.Path;
import java.util.ArrayList;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pupil label_image}: a model says what is on photos. */
@Command(
    name = "label_image",
    aliases = "label",
    header = "Labels photos with a model.",
    description = {
      "",
      "Prints the most likely labels of each photo with their probabilities, the highest first. A model that retrain made contains its labels, size and scaling; for a graph that the Python scripts made, use the flags of the last group.",
      "",
      "  pupil label_image --image tom.jpg",
      "  pupil label_image --csv holiday/ > labels.csv",
      "  cat tom.jpg | pupil label_image --image -",
      ""
    },
    customSynopsis = "pupil label_image [FLAG...] [--image] PHOTO...",
    sortOptions = false)
final class LabelImageCommand implements Callable<ExitStatus> {
  private final Terminal terminal;
  private final Launcher launcher;

  @Option(
      names = "--image",
      paramLabel = "PHOTO",
      description =
          "A photo, a folder of photos, or - for a photo on standard input. Can be repeated.")
  private List<Path> images = new ArrayList<>();

  @Parameters(paramLabel = "PHOTO", description = "More photos or folders, as for --image.")
  private List<Path> moreImages = new ArrayList<>();

  @Mixin private GraphOption graph = new GraphOption();

  @Option(
      names = "--top_k",
      paramLabel = "N",
      description = "How many labels to print for each photo. Default: ${DEFAULT-VALUE}")
  private int topK = 5;

  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Print one JSON array: [{\"image\": PATH, \"labels\": [{\"label\": ...,"
              + " \"probability\": ...}]}]")
  private boolean json;

  @Option(
      names = "--csv",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Print comma-separated values with a header and a row for each photo.")
  private boolean csv;

  @Mixin private LabellingOptions labelling = new LabellingOptions();

  LabelImageCommand(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.launcher = Launcher.of(environment);
  }

  @Override
  public ExitStatus call() {
    check();
    int threads = labelling.threads();
    NetworkEngine engine = labelling.engine();
    Model model = GivenModel.read(graph.path(), launcher);
    Overrides overrides = labelling.overrides();
    List<Path> paths = new ArrayList<>(images);
    paths.addAll(moreImages);
    List<PhotoSource> photos = GivenPhotos.of(paths);
    try (Labeller labeller = Labeller.open(model, overrides, engine, threads, photos.size());
        AnswerPrinter printer = printer(photos.size(), labeller.labels().size())) {
      FailureCount failures = new FailureCount(terminal);
      labeller.label(
          photos,
          photo -> {
            printer.print(photo);
            terminal.checkOut();
            failures.count(photo);
          });
      return failures.any() ? ExitStatus.BAD_INPUT : ExitStatus.OK;
    }
  }

  private void check() {
    if (json && csv) {
      throw PupilException.usage("give --json or --csv, not both");
    }
    if (topK < 1) {
      throw PupilException.usage("--top_k must be at least 1, was " + topK);
    }
    if (images.isEmpty() && moreImages.isEmpty()) {
      throw PupilException.usage(
          "no photo is given: %s (--help tells more)"
              .formatted(launcher.line("label_image --image some.jpg")));
    }
  }

  private AnswerPrinter printer(int photos, int labels) {
    if (json) {
      return new JsonAnswers(terminal.data(), topK);
    }
    if (csv) {
      return new CsvAnswers(terminal.data(), Math.min(topK, labels));
    }
    return new PlainAnswers(terminal, topK, photos > 1);
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
