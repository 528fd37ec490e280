package org.pupil.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.pupil.files.FolderTree;

/**
 * How fast {@code pupil dataset} brings in an archive, beside the system's own {@code tar} and
 * {@code unzip}, which only unpack it. All are whole processes.
 */
final class UnpackingBenchmark {
  private static final int LABELS = 10;
  private static final int FILES_OF_LABEL = 400;
  private static final int BYTES_OF_FILE = 60_000;
  private static final int ROUNDS = 3;

  /** The first bytes of a JPEG: enough to be taken for a photo. */
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};

  private final Program program;
  private final Path scratch;

  UnpackingBenchmark(Program program, Path scratch) {
    this.program = program;
    this.scratch = scratch;
  }

  private record Round(double ours, double theirs) {
    double ratio() {
      return theirs / ours;
    }
  }

  /** A row for each kind of archive whose program is here. */
  List<Row> run() throws Exception {
    Path set = Files.createDirectories(scratch.resolve("set"));
    write(set);
    Path tar = scratch.resolve("set.tar.gz");
    Path zip = scratch.resolve("set.zip");
    List<Row> rows = new ArrayList<>();
    if (isHere("tar")) {
      system(set.getParent(), "tar", "-czf", tar.toString(), "set");
      rows.add(row("tar.gz", tar, "tar", "-xzf", tar.toString()));
    }
    if (isHere("zip") && isHere("unzip")) {
      system(set.getParent(), "zip", "-qr", zip.toString(), "set");
      rows.add(row("zip", zip, "unzip", "-q", zip.toString()));
    }
    return rows;
  }

  /** Photos cannot be compressed any further, and neither can what is drawn by chance. */
  private static void write(Path set) throws IOException {
    Random random = new Random(1);
    byte[] bytes = new byte[BYTES_OF_FILE];
    for (int label = 0; label < LABELS; label++) {
      Path folder = Files.createDirectories(set.resolve("label-" + label));
      for (int i = 0; i < FILES_OF_LABEL; i++) {
        random.nextBytes(bytes);
        System.arraycopy(JPEG, 0, bytes, 0, JPEG.length);
        Files.write(folder.resolve(i + ".jpg"), bytes);
      }
    }
  }

  private Row row(String kind, Path archive, String... unpack) throws Exception {
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i <= ROUNDS; i++) {
      Path ours = scratch.resolve("ours");
      double seconds =
          program.run("dataset", archive.toString(), "--to=" + ours, "--yes").seconds();
      FolderTree.delete(ours);
      Path theirs = Files.createDirectory(scratch.resolve("theirs"));
      double unpacked = Timing.seconds(() -> system(theirs, unpack));
      FolderTree.delete(theirs);
      if (i > 0) {
        rounds.add(new Round(seconds, unpacked));
      }
    }
    rounds.sort(Comparator.comparing(Round::ratio));
    Round median = rounds.get(rounds.size() / 2);
    return Row.rate(
        String.format(Locale.ROOT, "dataset: %,d files of a %s", LABELS * FILES_OF_LABEL, kind),
        LABELS * FILES_OF_LABEL / median.ours(),
        LABELS * FILES_OF_LABEL / median.theirs(),
        unpack[0],
        "≥ 0.7");
  }

  private static boolean isHere(String name) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  private static void system(Path folder, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed");
    }
  }
}
