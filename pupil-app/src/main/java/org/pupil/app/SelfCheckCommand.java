package org.pupil.app;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.pupil.board.Board;
import org.pupil.board.BoardSettings;
import org.pupil.board.log.LogLimits;
import org.pupil.board.log.LogRoot;
import org.pupil.board.web.SampleLimits;
import org.pupil.board.web.SiteSettings;
import org.pupil.errors.PupilException;
import org.pupil.files.CacheFolder;
import org.pupil.files.ScratchFolder;
import org.pupil.run.PupilVersion;
import picocli.CommandLine.Command;

/**
 * {@code pupil self-check}: trains on a few generated pictures and labels them in a folder of its
 * own, and deletes it. The launcher runs it once after a build, which also unpacks the native
 * libraries and notes the classes that the virtual machine keeps ready.
 */
@Command(
    name = "self-check",
    aliases = "self_test",
    header =
        "Trains on a few generated pictures and labels them, to check that everything works here.",
    description = {"", "Leaves no files behind except the unpacked native libraries.", ""},
    customSynopsis = "pupil self-check [FLAG...]")
final class SelfCheckCommand implements Callable<ExitStatus> {
  private static final int PICTURES = 6;
  private static final int SIDE = 64;
  private static final Duration AGE = Duration.ofMinutes(1);

  private final Terminal terminal;
  private final Clock clock;
  private final Map<String, String> environment;

  SelfCheckCommand(Terminal terminal, Clock clock, Map<String, String> environment) {
    this.terminal = terminal;
    this.clock = clock;
    this.environment = environment;
  }

  @Override
  public ExitStatus call() {
    try (ScratchFolder folder = CacheFolder.ofProcess().scratch("self-check-")) {
      return check(folder.path());
    } catch (IOException e) {
      throw PupilException.unavailable("cannot write temporary files: " + e.getMessage(), e);
    }
  }

  private ExitStatus check(Path folder) throws IOException {
    Path photos = folder.resolve("photos");
    for (int i = 0; i < PICTURES; i++) {
      draw(photos.resolve("light").resolve(i + ".jpg"), new Color(255 - i, 230, 200 + i));
      draw(photos.resolve("dark").resolve(i + ".jpg"), new Color(i, 20, 40 + i));
      // Nothing tells these from the dark ones, so that there are mistakes to show, too.
      draw(photos.resolve("gloomy").resolve(i + ".jpg"), new Color(i, 20, 46 + i));
    }
    String model = folder.resolve("graph.pb").toString();
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    PupilCommand pupil = new PupilCommand(quietly(answers), clock, environment);
    ExitStatus computed = train(pupil, folder, photos, model);
    // The second training run finds the bottlenecks in the cache.
    ExitStatus taught = computed == ExitStatus.OK ? train(pupil, folder, photos, model) : computed;
    ExitStatus labelled =
        taught == ExitStatus.OK
            ? pupil.run(
                "label_image", "--graph=" + model, "--image=" + photos.resolve("light/0.jpg"))
            : taught;
    ExitStatus explained =
        labelled == ExitStatus.OK
            ? pupil.run(
                "explain",
                "--graph=" + model,
                "--image=" + photos.resolve("light/0.jpg"),
                "--image_dir=" + photos,
                "--bottleneck_dir=" + folder.resolve("bottlenecks"),
                "--heat_map=" + folder.resolve("heat-map.png"))
            : labelled;
    ExitStatus inspected =
        explained == ExitStatus.OK
            ? pupil.run("board", "--inspect", "--logdir=" + folder.resolve("logs"))
            : explained;
    serve(folder.resolve("logs"));
    if (inspected == ExitStatus.OK && answers.toString(StandardCharsets.UTF_8).contains("light ")) {
      terminal.out().println("Pupil " + PupilVersion.number() + " works on this machine.");
    }
    return inspected;
  }

  private static ExitStatus train(PupilCommand pupil, Path folder, Path photos, String model) {
    return pupil.run(
        "retrain",
        "--image_dir=" + photos,
        "--architecture=mobilenet_0.25_224",
        "--how_many_training_steps=20", // and then it fits what auto reaches, too
        "--bottleneck_dir=" + folder.resolve("bottlenecks"),
        "--model_dir=" + folder,
        "--summaries_dir=" + folder.resolve("logs"),
        "--output_graph=" + model,
        "--output_labels=" + folder.resolve("labels.txt"),
        "--logging_verbosity=ERROR");
  }

  /** Asks a board for its page and for what the training run wrote. */
  private void serve(Path logs) throws IOException {
    BoardSettings settings =
        new BoardSettings(
            List.of(new LogRoot("", logs)),
            LogLimits.withThreads(1),
            Duration.ZERO,
            "localhost",
            OptionalInt.of(0),
            new SiteSettings("", "", PupilVersion.number(), List.of()),
            new SampleLimits(Map.of()));
    try (Board board = Board.open(settings, clock)) {
      for (String path : List.of("", "data/plugin/pupil/state", "data/plugin/scalars/tags")) {
        try (InputStream answer = board.address().resolve(path).toURL().openStream()) {
          answer.readAllBytes();
        }
      }
    }
  }

  /** Errors are shown, all other talk is not. */
  private Terminal quietly(ByteArrayOutputStream answers) {
    PrintStream out = new PrintStream(answers, true, StandardCharsets.UTF_8);
    return Terminal.redirected(out, terminal.err());
  }

  /** The cache does not know a file again that was still new when it was read: this one is old. */
  private void draw(Path file, Color colour) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        picture.setRGB(x, y, colour.getRGB() ^ (x * y & 0x0f));
      }
    }
    ImageIO.write(picture, "jpg", file.toFile());
    Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(AGE)));
  }
}
