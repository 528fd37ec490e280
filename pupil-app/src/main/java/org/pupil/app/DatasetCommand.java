package org.pupil.app;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.OneLine;
import org.pupil.errors.PupilException;
import org.pupil.ingest.Catalogue;
import org.pupil.ingest.IngestRequest;
import org.pupil.ingest.IngestedSet;
import org.pupil.ingest.Ingestion;
import org.pupil.ingest.Layout;
import org.pupil.ingest.UnpackLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pupil dataset}: brings a photo set into folders by label. */
@Command(
    name = "dataset",
    aliases = "get",
    header = "Brings a photo set into one folder for each label.",
    description = {
      "",
      "Give the name of a well-known set, an address, an archive (zip, tar, tar.gz, tar.xz, tar.bz2), a folder, or a table of files and labels. Pupil finds out how the set says which label a photo has, and shows what it found: the labels, how many photos each has, and a contact sheet. Without anything, it lists the sets that it knows by name.",
      "",
      "The folder appears whole or not at all. Nothing outside it is written, whatever an archive asks for. A download that was cut goes on where it stopped. If the folder is there already, nothing is changed.",
      "",
      "  pupil dataset",
      "  pupil dataset flower_photos --to flowers",
      "  pupil dataset holiday.zip --to holiday",
      ""
    },
    customSynopsis = "pupil dataset NAME|ADDRESS|ARCHIVE|FOLDER|TABLE --to FOLDER [FLAG...]",
    sortOptions = false)
final class DatasetCommand implements Callable<ExitStatus> {
  private final Terminal terminal;
  private final Clock clock;
  private final Map<String, String> environment;

  @Parameters(
      arity = "0..1",
      paramLabel = "SET",
      description =
          "The photo set: the name of a well-known one, an http or https address, an archive, a folder, or a table (CSV, TSV or JSON lines). Names win over files; type ./NAME for a file or folder that is called like a set.")
  private @Nullable TypedPath source;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "The folder to make. It must not be there yet. Required.")
  private @Nullable Path to;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description =
          "How to tell the labels. folders: one folder for each label; sets: folders such as train, val and test, and in each one folder for each label; innermost_folders: the folder that the photo lies in; prefix: the beginning of the file's name; table: a CSV, TSV or JSON lines file of files and labels; array: IDX or NumPy arrays of small pictures and of labels; coco, voc: each object that has a box becomes a photo. Default: what fits; you are asked if several do")
  private @Nullable String layout;

  @Option(
      names = "--yes",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Do not ask: if the set can be read in several ways, take the likeliest.")
  private boolean yes;

  @Option(
      names = "--inner",
      paramLabel = "NAME",
      description = "Read this archive, which is inside the archive.")
  private @Nullable String inner;

  @Option(
      names = "--name_encoding",
      paramLabel = "CHARSET",
      description =
          "The encoding of names in the archive that are not UTF-8, such as windows-1252 or GBK. Default: IBM437 in a zip, ISO-8859-1 in a tar")
  private @Nullable String nameEncoding;

  @Option(
      names = "--max_size",
      paramLabel = "SIZE",
      description =
          "Refuse an archive that is larger than this when unpacked, such as 500MB or 20GB. Default: 200GB")
  private @Nullable String maxSize;

  @Option(
      names = "--max_files",
      paramLabel = "N",
      description = "Refuse an archive with more files than this. Default: ${DEFAULT-VALUE}")
  private long maxFiles = UnpackLimits.DEFAULT.files();

  @Option(
      names = "--max_ratio",
      paramLabel = "N",
      description =
          "Refuse an archive that is larger than N times its own size when unpacked. Default: ${DEFAULT-VALUE}")
  private long maxRatio = UnpackLimits.DEFAULT.ratio();

  @Option(
      names = "--catalogue",
      paramLabel = "FILE",
      description =
          "A JSON file of well-known sets instead of the built-in one, for a mirror without a network.")
  private @Nullable Path catalogue;

  DatasetCommand(Terminal terminal, Clock clock, Map<String, String> environment) {
    this.terminal = terminal;
    this.clock = clock;
    this.environment = environment;
  }

  @Override
  public ExitStatus call() {
    Launcher launcher = Launcher.of(environment);
    Catalogue known = catalogue == null ? Catalogue.builtIn() : Catalogue.read(catalogue);
    if (source == null) {
      DatasetPrinter.list(terminal.out(), known, launcher);
      return ExitStatus.OK;
    }
    IngestRequest request = request(source.text(), known, launcher);
    IngestedSet result;
    try (DatasetTalk talk = new DatasetTalk(terminal, clock, yes, source.text())) {
      result = new Ingestion(request, talk).run();
    }
    if (result.wasThere()) {
      terminal.note(result.folder() + " is there already, and was left as it is");
    }
    new DatasetPrinter(terminal, launcher).result(result);
    return ExitStatus.OK;
  }

  private IngestRequest request(String typed, Catalogue known, Launcher launcher) {
    if (to == null) {
      throw PupilException.usage(
          OneLine.of(
              "say where the photos are to go: "
                  + launcher.line("dataset " + ShellWord.of(typed) + " --to my-photos")));
    }
    return new IngestRequest(
        typed,
        to,
        Optional.ofNullable(layout).map(name -> Choice.of("--layout", Layout.class, name)),
        Optional.ofNullable(inner),
        Optional.ofNullable(nameEncoding).map(DatasetCommand::charset),
        new UnpackLimits(
            maxRatio,
            maxFiles,
            maxSize == null ? UnpackLimits.DEFAULT.bytes() : ByteSize.of("--max_size", maxSize)),
        known,
        environment);
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw PupilException.usage(
          "--name_encoding must be an encoding such as windows-1252 or GBK, was " + name);
    }
  }
}
