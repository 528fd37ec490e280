package org.pupil.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.OneLine;
import org.pupil.errors.PupilException;
import org.pupil.explain.Change;
import org.pupil.explain.Explainer;
import org.pupil.explain.Explanation;
import org.pupil.explain.LayerExplainer;
import org.pupil.explain.LayerPictures;
import org.pupil.explain.TrainingPhotos;
import org.pupil.images.Alpha;
import org.pupil.labelling.Overrides;
import org.pupil.model.Model;
import org.pupil.network.NetworkEngine;
import org.pupil.pictures.HeatMapPicture;
import org.pupil.report.ExplanationReport;
import org.pupil.report.PhotoPictures;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code pupil explain}: why a model labels photos as it does. */
final class ExplainCommand implements Callable<ExitStatus> {
  private final Terminal terminal;
  private final Clock clock;
  private final Launcher launcher;
  private final Map<String, String> environment;

  private final PhotoArguments photos =
      new PhotoArguments(
          "A photo, a folder of photos, or - for a photo on standard input. Can be repeated.");

  private final GraphOption graph = new GraphOption();

  private final CommandOption<Path> heatMap =
      CommandOption.of(
          Path.class,
          OptionSpec.builder("--heat_map")
              .paramLabel("FILE")
              .description(
                  "Where the heat map of the photo goes, as a PNG. Default: NAME-explained.png in the current folder"));

  private final CommandOption<Path> outputDir =
      CommandOption.of(
          Path.class,
          OptionSpec.builder("--output_dir")
              .paramLabel("FOLDER")
              .description(
                  "The folder that the pictures go into; it is made if it is not there. Default: the current folder"));

  private final CommandOption<Boolean> layers =
      CommandOption.yesOrNo(
          OptionSpec.builder("--layers")
              .description(
                  "Show how the network sees the photo, too: the filters of its first layer (NAME-filters.png), the maps of some layers from early to late (NAME-layers.png), and the same maps of the changed photo (NAME-layers-CHANGE.png)."));

  private final CommandOption<String> change =
      CommandOption.of(
          String.class,
          OptionSpec.builder("--change")
              .paramLabel("mirrored|cropped|darkened|grey|turned")
              .description(
                  "With --layers: how the photo is changed for the third picture. Default: mirrored"));

  private final CommandOption<Integer> topK =
      CommandOption.of(
          Integer.class,
          Explainer.SHOWN,
          OptionSpec.builder("--top_k")
              .paramLabel("N")
              .description(
                  "How many labels the heat map shows at most. Default: ${DEFAULT-VALUE}"));

  private final CommandOption<Path> imageDir =
      CommandOption.of(
          Path.class,
          OptionSpec.builder("--image_dir")
              .paramLabel("FOLDER")
              .description(
                  "The photos that the model was trained on. Bottlenecks that are missing are computed, if the model is on a built-in network. Default: the folder that the model names, where nothing is computed"));

  private final CommandOption<Path> bottleneckDir =
      CommandOption.of(
          Path.class,
          OptionSpec.builder("--bottleneck_dir")
              .paramLabel("FOLDER")
              .description(
                  "Where their bottlenecks are kept. Default: the folder that the model names, or pupil-model/bottlenecks"));

  private final CommandOption<Integer> similar =
      CommandOption.of(
          Integer.class,
          Explainer.SIMILAR,
          OptionSpec.builder("--similar")
              .paramLabel("N")
              .description(
                  "How many similar training photos to name; 0 looks for none. Default: ${DEFAULT-VALUE}"));

  private final CommandOption<String> show =
      CommandOption.of(
          String.class,
          "auto",
          OptionSpec.builder("--show")
              .paramLabel("auto|kitty|iterm|sixel|never")
              .description(
                  "How to show the heat map in the terminal. auto: in the way that the terminal is known to have, if any, and not in a file or pipe. Default: ${DEFAULT-VALUE}"));

  private final CommandOption<Boolean> json =
      CommandOption.yesOrNo(
          OptionSpec.builder("--json")
              .description(
                  "Print one JSON array with an object for each photo; docs/formats.md has it."));

  private final ReportOption report = new ReportOption();

  private final LabellingOptions labelling =
      new LabellingOptions("How many cores to use; this changes the time, not the result.");

  private final Set<String> warned = new HashSet<>();

  ExplainCommand(Terminal terminal, Clock clock, Map<String, String> environment) {
    this.terminal = terminal;
    this.clock = clock;
    this.environment = environment;
    this.launcher = Launcher.of(environment);
  }

  /** The command as picocli takes it. */
  CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("explain").aliases("why");
    spec.usageMessage()
        .sortOptions(false)
        .header("Explains why a model labels a photo as it does.")
        .customSynopsis("pupil explain [FLAG...] [--image] PHOTO...")
        .description(
            "",
            "Prints what the model says, the training photos that are most similar, and what it says when the photo is mirrored, cropped, darkened, without colour or turned a little. Writes a heat map: where on the photo the evidence for the likeliest labels lies. Orange speaks for a label, blue against it.",
            "",
            "The heat map is exact where the model averages the last map of its network, as all models do that are trained on the built-in networks. It shows no reasons that a person would give: only which places moved the answer.",
            "",
            "  pupil explain --image tom.jpg",
            "  pupil explain --image tom.jpg --heat_map why.png --image_dir photos",
            "  pupil explain --image tom.jpg --layers",
            "");
    photos.addTo(spec);
    graph.addTo(spec);
    for (CommandOption<?> option :
        List.of(
            heatMap,
            outputDir,
            layers,
            change,
            topK,
            imageDir,
            bottleneckDir,
            similar,
            show,
            json)) {
      spec.addOption(option.spec());
    }
    report.addTo(spec);
    labelling.addTo(spec);
    return spec;
  }

  @Override
  public ExitStatus call() {
    Optional<PictureProtocol> protocol = protocol();
    Path source = graph.path();
    NetworkEngine engine = labelling.engine(source);
    int threads = labelling.threads();
    Overrides overrides = labelling.overrides();
    List<PhotoSource> sources = sources();
    Change changed = change();
    HeatMapPicture.preload();
    Model model = GivenModel.read(source, launcher);
    HeatMapFiles files = new HeatMapFiles(heatMap.given(), outputDir.given());
    files.check();
    report.check();
    ExplanationReport page = new ExplanationReport(new PhotoPictures(Alpha.WHITE));
    try (Explainer explainer = Explainer.open(model, overrides, engine, threads);
        LayersShown shown = layers(model, overrides, engine, changed);
        TrainingPhotos training = training(model, engine, threads);
        ExplanationPrinter printer = printer(sources.size(), protocol, page)) {
      boolean failed = false;
      for (PhotoSource photo : sources) {
        failed |= !explain(explainer, shown, training, photo, files, printer);
        terminal.checkOut();
      }
      report.file().ifPresent(file -> write(page, file));
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

  /**
   * How the heat map is shown. Who names a way gets it in a pipe too: a terminal may be at its end.
   */
  private Optional<PictureProtocol> protocol() {
    Optional<PictureProtocol> protocol =
        switch (Choice.of("--show", Show.class, show.value())) {
          case AUTO ->
              terminal.outIsTerminal() && !json.value()
                  ? PictureProtocol.of(environment)
                  : Optional.empty();
          case KITTY -> Optional.of(PictureProtocol.KITTY);
          case ITERM -> Optional.of(PictureProtocol.ITERM);
          case SIXEL -> Optional.of(PictureProtocol.SIXEL);
          case NEVER -> Optional.empty();
        };
    if (json.value() && protocol.isPresent()) {
      throw PupilException.usage("--json has no place for a picture: leave --show out");
    }
    return protocol;
  }

  private List<PhotoSource> sources() {
    if (topK.value() < 1) {
      throw PupilException.usage("--top_k must be at least 1, was " + topK.value());
    }
    if (similar.value() < 0) {
      throw PupilException.usage("--similar must be at least 0, was " + similar.value());
    }
    List<Path> paths = photos.paths();
    if (paths.isEmpty()) {
      throw PupilException.usage(
          "no photo is given: %s (--help tells more)"
              .formatted(launcher.line("explain --image some.jpg")));
    }
    List<PhotoSource> sources = GivenPhotos.of(paths, terminal::warn);
    if (heatMap.given().isPresent() && sources.size() > 1) {
      throw PupilException.usage(
          "--heat_map names the file of one photo, and there are %d: leave it out"
              .formatted(sources.size()));
    }
    return sources;
  }

  /** Photos that somebody names are worth computing; those that a model names are not. */
  private TrainingPhotos training(Model model, NetworkEngine engine, int threads) {
    if (similar.value() == 0) {
      return TrainingPhotos.none();
    }
    TrainingPhotos found =
        TrainingPhotos.find(
            model, imageDir.given(), bottleneckDir.given(), DefaultPlaces.BOTTLENECKS);
    return imageDir.given().isEmpty()
        ? found
        : found.complete(
            engine,
            DefaultPlaces.BACKBONES,
            threads,
            clock,
            new ComparedPhotosProgress(terminal, clock));
  }

  private Change change() {
    if (change.given().isPresent() && !layers.value()) {
      throw PupilException.usage("--change needs --layers");
    }
    return change
        .given()
        .map(typed -> Choice.of("--change", Change.class, typed))
        .orElse(Change.MIRRORED);
  }

  /** The layers of the model, or nothing if nobody asked for them. */
  private LayersShown layers(
      Model model, Overrides overrides, NetworkEngine engine, Change changed) {
    return layers.value()
        ? new LayersShown(Optional.of(LayerExplainer.open(model, overrides, engine)), changed)
        : new LayersShown(Optional.empty(), changed);
  }

  /** Shows layers if they were asked for. */
  private record LayersShown(Optional<LayerExplainer> explainer, Change change)
      implements AutoCloseable {
    Optional<LayerPictures> of(PhotoSource photo) throws IOException {
      return explainer.isEmpty()
          ? Optional.empty()
          : Optional.of(explainer.get().explain(photo, change));
    }

    @Override
    public void close() {
      explainer.ifPresent(LayerExplainer::close);
    }
  }

  private ExplanationPrinter printer(
      int photos, Optional<PictureProtocol> protocol, ExplanationReport page) {
    ExplanationPrinter printer =
        json.value()
            ? new JsonExplanations(terminal.data())
            : new PlainExplanations(terminal, photos > 1, protocol);
    return report.file().isPresent() ? new ReportedExplanations(printer, page) : printer;
  }

  private void write(ExplanationReport page, Path file) {
    page.write(file, "Model " + graph.path(), ReportOption.made(clock));
    terminal.err().println(OneLine.of("Report: " + file));
  }

  /** Whether the photo could be read. */
  private boolean explain(
      Explainer explainer,
      LayersShown shown,
      TrainingPhotos training,
      PhotoSource photo,
      HeatMapFiles files,
      ExplanationPrinter printer) {
    Explanation explanation;
    Optional<LayerPictures> pictures;
    try {
      explanation = explainer.explain(photo, topK.value(), training, similar.value());
      pictures = shown.of(photo);
    } catch (IOException e) {
      String reason = PhotoSource.reason(e);
      printer.printFailure(photo.name(), reason);
      terminal.error(photo.name() + ": " + reason);
      return false;
    }
    explanation.missing().stream()
        .map(message -> message.in(SettingFlags::of))
        .filter(warned::add) // what is missing for all photos is told once
        .forEach(terminal::warn);
    Optional<HeatMapFiles.Written> written =
        explanation.heatMap().map(map -> files.write(photo.name(), map.png()));
    printer.print(
        explanation,
        new WrittenPictures(written, pictures.map(found -> files.write(photo.name(), found))));
    return true;
  }
}
