package org.pupil.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pupil.errors.OneLine;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.WholeFile;
import org.pupil.labelling.OnnxExport;
import org.pupil.labelling.Overrides;
import org.pupil.model.Model;
import org.pupil.network.NetworkEngine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code pupil export}: a model as an ONNX file. */
final class ExportCommand implements Callable<ExitStatus> {
  private final Terminal terminal;
  private final Launcher launcher;

  private final CommandOption<Path> onnx =
      CommandOption.of(
          Path.class,
          OptionSpec.builder("--onnx")
              .paramLabel("FILE")
              .description("The file to write. Required."));

  private final GraphOption graph = new GraphOption();

  private final PhotoArguments photos =
      new PhotoArguments(
          "A photo or a folder of photos to compare the file with the model on. Can be repeated. Default: three made-up images");

  private final LabellingOptions labelling =
      new LabellingOptions("How many photos to process at a time.");

  ExportCommand(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.launcher = Launcher.of(environment);
  }

  /** The command as picocli takes it. */
  CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("export").aliases("convert");
    spec.usageMessage()
        .sortOptions(false)
        .header("Exports a model as an ONNX file for other programs.")
        .customSynopsis("pupil export --onnx FILE [FLAG...] [PHOTO...]")
        .description(
            "",
            "ONNX is a format that programs in many languages read, on servers, phones and in browsers. The file takes images [n, 3, height, width] with red, green and blue in 0 to 1 (input image) and gives [n, labels] (output probabilities); n is any number of images. The labels and what the model says about itself are in its metadata.",
            "",
            "Before the file is written, it is run with ONNX Runtime on the photos that you give, or else on three made-up images, and compared with the model. The greatest difference of two probabilities is printed. If it is more than 0.0001, that is an error, and there is no file.",
            "",
            "  pupil export --onnx birds.onnx",
            "  pupil export --onnx birds.onnx examples/photos/bird",
            "");
    spec.addOption(onnx.spec());
    graph.addTo(spec);
    photos.addTo(spec);
    labelling.addTo(spec);
    return spec;
  }

  @Override
  public ExitStatus call() {
    Path source = graph.path();
    Path file = file(source);
    List<Path> paths = paths();
    int threads = labelling.threads();
    NetworkEngine engine = labelling.engine(source);
    Overrides overrides = labelling.overrides();
    Model model = GivenModel.read(source, launcher);
    WholeFile.checkWritable(Setting.ONNX, file);
    OnnxExport.Exported exported =
        OnnxExport.of(model, overrides)
            .write(file, GivenPhotos.of(paths, terminal::warn), engine, threads);
    terminal.out().println(OneLine.of(RunPrinter.onnxLine(exported)));
    return ExitStatus.OK;
  }

  private Path file(Path source) {
    Path file =
        onnx.given()
            .orElseThrow(
                () ->
                    PupilException.usage(
                        "no file is named to export to: %s (--help tells more)"
                            .formatted(launcher.line("export --onnx model.onnx"))));
    if (WholeFile.place(file).equals(WholeFile.place(source))) {
      throw PupilException.usage("--onnx and --graph must be two files, both were " + file);
    }
    OnnxExport.checkName(file);
    return file;
  }

  /** Each is read twice, which standard input cannot be. */
  private List<Path> paths() {
    List<Path> paths = photos.paths();
    if (paths.contains(GivenPhotos.STANDARD_INPUT)) {
      throw PupilException.usage("--image must be a file or folder here, was -");
    }
    return paths;
  }
}
