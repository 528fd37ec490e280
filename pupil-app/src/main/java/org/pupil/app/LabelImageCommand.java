package org.pupil.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.pupil.errors.PupilException;
import org.pupil.images.ImageDecoder;
import org.pupil.labelling.LabelledPhoto;
import org.pupil.labelling.Labeller;
import org.pupil.labelling.LabellingModel;
import org.pupil.labelling.PhotoSource;
import org.pupil.model.ModelFile;
import org.pupil.photos.PhotoFolder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pupil label_image}: a model says what is on photos. */
@Command(
    name = "label_image",
    aliases = "label",
    header = "Labels photos with a model.",
    description = {
      "",
      "Prints the likeliest labels of each photo with their probabilities, the highest first. A"
          + " model that retrain made carries its labels, size and scaling in itself; for a graph"
          + " that the Python scripts made, give the flags of the last group.",
      "",
      "  pupil label_image --image tom.jpg",
      "  pupil label_image --csv holiday/ > labels.csv",
      "  cat tom.jpg | pupil label_image --image -",
      ""
    },
    customSynopsis = "pupil label_image [FLAG...] [--image] PHOTO...",
    sortOptions = false)
final class LabelImageCommand implements Callable<ExitStatus> {
  private static final String STANDARD_INPUT = "-";

  private final Terminal terminal;

  @Option(
      names = "--image",
      paramLabel = "PHOTO",
      description =
          "A photo, a folder of photos, or - for a photo on standard input. May be given"
              + " many times.")
  private List<String> images = new ArrayList<>();

  @Parameters(paramLabel = "PHOTO", description = "More photos, as --image takes them.")
  private List<String> moreImages = new ArrayList<>();

  @Option(
      names = "--graph",
      paramLabel = "FILE",
      description = "The model: a frozen graph. Default: ${DEFAULT-VALUE}")
  private Path graph = DefaultPlaces.GRAPH;

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
      description = "Print comma-separated values with a header, a row for each photo.")
  private boolean csv;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many photos to work on at a time. Default: the number of cores.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @ArgGroup(
      validate = false,
      heading =
          "%nOnly for graphs that Pupil did not make, or to overrule what one says of itself%n")
  private ForeignGraphOptions foreign = new ForeignGraphOptions();

  LabelImageCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public ExitStatus call() {
    check();
    ModelFile file = ModelFile.read(graph);
    LabellingModel model = LabellingModel.of(file, foreign.labels(), foreign.overrides());
    List<PhotoSource> photos = photos();
    try (Labeller labeller = Labeller.open(model, threads, photos.size());
        AnswerPrinter printer = printer(photos.size(), model.labels().size())) {
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
    if (threads < 1) {
      throw PupilException.usage("--threads must be at least 1, was " + threads);
    }
    if (images.isEmpty() && moreImages.isEmpty()) {
      throw PupilException.usage(
          "no photo is given: pupil label_image --image some.jpg (--help tells more)");
    }
    if (images.contains("") || moreImages.contains("")) {
      throw PupilException.usage("--image must name a photo, was empty");
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

  private List<PhotoSource> photos() {
    List<PhotoSource> photos = new ArrayList<>();
    for (List<String> names : List.of(images, moreImages)) {
      for (String name : names) {
        addPhotos(name, photos);
      }
    }
    return photos;
  }

  private static void addPhotos(String name, List<PhotoSource> photos) {
    if (name.equals(STANDARD_INPUT)) {
      photos.add(new PhotoSource(STANDARD_INPUT, () -> ImageDecoder.readStream(System.in)));
      return;
    }
    Path path = Path.of(name);
    if (Files.isDirectory(path)) {
      photos.addAll(photosBelow(path));
    } else {
      photos.add(PhotoSource.file(path));
    }
  }

  /** A folder that gives no photo is answered like a photo that cannot be read. */
  private static List<PhotoSource> photosBelow(Path folder) {
    String trouble;
    try {
      List<Path> photos = PhotoFolder.list(folder);
      if (!photos.isEmpty()) {
        return photos.stream().map(PhotoSource::file).toList();
      }
      trouble = "no photos in this folder";
    } catch (PupilException e) {
      trouble = e.getMessage();
    }
    return List.of(PhotoSource.unreadable(folder.toString(), trouble));
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
