package org.pupil.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.PupilException;
import org.pupil.explain.Explainer;
import org.pupil.explain.Explanation;
import org.pupil.explain.TrainingPhotos;
import org.pupil.labelling.Overrides;
import org.pupil.model.Model;
import org.pupil.network.NetworkEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pupil explain}: why a model labels photos as it does. */
@Command(
    name = "explain",
    aliases = "why",
    header = "Explains why a model labels a photo as it does.",
    description = {
      "",
      "Prints what the model says, the training photos that are most similar, and what it says when the photo is mirrored, cropped, darkened, without colour or turned a little. Writes a heat map: where on the photo the evidence for the likeliest labels lies. Orange speaks for a label, blue against it.",
      "",
      "The heat map is exact where the model averages the last map of its network, as all models do that are trained on the built-in networks. It shows no reasons that a person would give: only which places moved the answer.",
      "",
      "  pupil explain --image tom.jpg",
      "  pupil explain --image tom.jpg --heat_map why.png --image_dir photos",
      ""
    },
    customSynopsis = "pupil explain [FLAG...] [--image] PHOTO...",
    sortOptions = false)
final class ExplainCommand implements Callable<ExitStatus> {
  private final Terminal terminal;
  private final Launcher launcher;
  private final Map<String, String> environment;

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
      names = "--heat_map",
      paramLabel = "FILE",
      description =
          "Where the heat map of the photo goes, as a PNG. Default: NAME-explained.png in the current folder")
  private @Nullable Path heatMap;

  @Option(
      names = "--top_k",
      paramLabel = "N",
      description = "How many labels the heat map shows at most. Default: ${DEFAULT-VALUE}")
  private int topK = Explainer.SHOWN;

  @Option(
      names = "--image_dir",
      paramLabel = "FOLDER",
      description =
          "The photos that the model was trained on. Default: the folder that the model names")
  private @Nullable Path imageDir;

  @Option(
      names = "--bottleneck_dir",
      paramLabel = "FOLDER",
      description =
          "Where their bottlenecks are kept. Default: the folder that the model names, or pupil-model/bottlenecks")
  private @Nullable Path bottleneckDir;

  @Option(
      names = "--similar",
      paramLabel = "N",
      description =
          "How many similar training photos to name; 0 looks for none. Default: ${DEFAULT-VALUE}")
  private int similar = Explainer.SIMILAR;

  @Option(
      names = "--show",
      paramLabel = "auto|kitty|iterm|sixel|never",
      description =
          "How to show the heat map in the terminal. auto: in the way that the terminal is known to have, if any. Default: ${DEFAULT-VALUE}")
  private String show = "auto";

  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Print one JSON array with an object for each photo; docs/formats.md has it.")
  private boolean json;

  @Mixin private LabellingOptions labelling = new LabellingOptions();

  ExplainCommand(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = environment;
    this.launcher = Launcher.of(environment);
  }

  @Override
  public ExitStatus call() {
    Optional<PictureProtocol> protocol = protocol();
    NetworkEngine engine = labelling.engine();
    labelling.threads(); // one photo takes one core
    Overrides overrides = labelling.overrides();
    List<PhotoSource> photos = photos();
    Model model = GivenModel.read(graph.path(), launcher);
    HeatMapFiles files = new HeatMapFiles(Optional.ofNullable(heatMap));
    files.check();
    try (TrainingPhotos training =
            similar == 0
                ? TrainingPhotos.none()
                : TrainingPhotos.find(
                    model,
                    Optional.ofNullable(imageDir),
                    Optional.ofNullable(bottleneckDir),
                    DefaultPlaces.BOTTLENECKS);
        Explainer explainer = Explainer.open(model, overrides, engine);
        ExplanationPrinter printer = printer(photos.size(), protocol)) {
      boolean failed = false;
      for (PhotoSource photo : photos) {
        failed |= !explain(explainer, training, photo, files, printer);
        terminal.checkOut();
      }
      return failed ? ExitStatus.BAD_INPUT : ExitStatus.OK;
    }
  }

  /** When, and how, the heat map is shown in the terminal. */
  private enum Show {
    AUTO,
    KITTY,
    ITERM,
    SIXEL,
    NEVER
  }

  /** How the heat map is shown: nowhere, where nobody would see it. */
  private Optional<PictureProtocol> protocol() {
    Show chosen = Choice.of("--show", Show.class, show);
    if (json || !terminal.outIsTerminal()) {
      return Optional.empty();
    }
    return switch (chosen) {
      case AUTO -> PictureProtocol.of(environment);
      case KITTY -> Optional.of(PictureProtocol.KITTY);
      case ITERM -> Optional.of(PictureProtocol.ITERM);
      case SIXEL -> Optional.of(PictureProtocol.SIXEL);
      case NEVER -> Optional.empty();
    };
  }

  private List<PhotoSource> photos() {
    if (topK < 1) {
      throw PupilException.usage("--top_k must be at least 1, was " + topK);
    }
    if (similar < 0) {
      throw PupilException.usage("--similar must be at least 0, was " + similar);
    }
    List<Path> paths = new ArrayList<>(images);
    paths.addAll(moreImages);
    if (paths.isEmpty()) {
      throw PupilException.usage(
          "no photo is given: %s (--help tells more)"
              .formatted(launcher.line("explain --image some.jpg")));
    }
    List<PhotoSource> photos = GivenPhotos.of(paths);
    if (heatMap != null && photos.size() > 1) {
      throw PupilException.usage(
          "--heat_map names the file of one photo, and there are %d: leave it out"
              .formatted(photos.size()));
    }
    return photos;
  }

  private ExplanationPrinter printer(int photos, Optional<PictureProtocol> protocol) {
    return json
        ? new JsonExplanations(terminal.data())
        : new PlainExplanations(terminal, photos > 1, protocol);
  }

  /** Returns whether the photo could be read. */
  private boolean explain(
      Explainer explainer,
      TrainingPhotos training,
      PhotoSource photo,
      HeatMapFiles files,
      ExplanationPrinter printer) {
    Explanation explanation;
    try {
      explanation = explainer.explain(photo, topK, training, similar);
    } catch (IOException e) {
      String reason = PhotoSource.reason(e);
      printer.printFailure(photo.name(), reason);
      terminal.error(photo.name() + ": " + reason);
      return false;
    }
    explanation.missing().forEach(message -> terminal.warn(message.in(SettingFlags::of)));
    Optional<HeatMapFiles.Written> written =
        explanation.heatMap().map(map -> files.write(photo.name(), map.png()));
    printer.print(explanation, written);
    return true;
  }
}
