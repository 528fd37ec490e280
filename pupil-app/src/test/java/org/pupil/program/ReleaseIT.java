package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zips that {@code mvn -Pdist package} makes, where they were made. */
class ReleaseIT {
  private static final Path TARGET = Checkout.folder().resolve("pupil-app/target");
  private static final long MEGABYTE = 1_000_000;

  @TempDir private Path folder;

  private static Path zip(String platform) throws IOException {
    try (var files = Files.newDirectoryStream(TARGET, "pupil-*-" + platform + ".zip")) {
      var found = files.iterator();
      assumeTrue(found.hasNext(), "no zip was made: that is what -Pdist does");
      return found.next();
    }
  }

  private static String platformOfThisMachine() {
    String system = System.getProperty("os.name").startsWith("Mac") ? "macosx" : "linux";
    return system + (System.getProperty("os.arch").equals("aarch64") ? "-arm64" : "-x86_64");
  }

  @Test
  void theZipRunsWithAJavaRuntimeAlone() throws IOException {
    PupilProgram shell = PupilProgram.in(folder);
    shell.shell("unzip -q '" + zip(platformOfThisMachine()) + "'").exitedWith(0);
    Path release;
    try (var files = Files.newDirectoryStream(folder, "pupil-*")) {
      release = files.iterator().next();
    }
    assertThat(TestFiles.below(release))
        .contains("LICENSE", "NOTICE", "examples/photos/bird", "pupil.cmd", "man/man1/pupil.1");
    assertThat(Files.readString(release.resolve("man/man1/pupil-retrain.1")))
        .startsWith("'\\\" t\n")
        .contains("\\-\\-image_dir");
    PupilProgram pupil =
        PupilProgram.unprepared(folder, release.resolve("pupil"))
            .with("PUPIL_CACHE", folder.resolve("cache").toString());
    pupil.run("retrain", "--image_dir", release.resolve("examples/photos")).exitedWith(0);
    pupil.run("label_image", Photos.duck()).exitedWith(0).outContains("bird ");
  }

  @ParameterizedTest
  @CsvSource({
    "linux-x86_64, linux-x64/libonnxruntime.so, libleptonica.so.6, Linux/x86_64/libsqlitejdbc.so",
    "linux-arm64, linux-aarch64/libonnxruntime.so, libleptonica.so.6, Linux/aarch64/libsqlitejdbc.so",
    "macosx-arm64, osx-aarch64/libonnxruntime.dylib, libleptonica.6.dylib, Mac/aarch64/libsqlitejdbc.dylib",
    "macosx-x86_64, osx-x64/libonnxruntime.dylib, libleptonica.6.dylib, Mac/x86_64/libsqlitejdbc.dylib",
    "windows-x86_64, win-x64/onnxruntime.dll, libleptonica.dll, Windows/x86_64/sqlitejdbc.dll"
  })
  void eachZipHasTheLibrariesOfItsSystemAndNoOther(
      String platform, String onnx, String leptonica, String sqlite) throws IOException {
    Path zip = zip(platform);
    assertThat(Files.size(zip)).isLessThan(60 * MEGABYTE);

    List<String> names = new ArrayList<>();
    try (InputStream in = Files.newInputStream(zip)) {
      addNames(in, names);
    }
    assertThat(names)
        .noneMatch(name -> name.contains("tensorflow-core") || name.contains(".dSYM"))
        .contains("org/bytedeco/leptonica/" + platform + "/" + leptonica)
        .contains("org/sqlite/native/" + sqlite);
    assertThat(names)
        .filteredOn(name -> name.matches("ai/onnxruntime/native/.*[^/]"))
        .hasSize(2)
        .contains("ai/onnxruntime/native/" + onnx);
    assertThat(names)
        .filteredOn(name -> name.matches("org/sqlite/native/.*[^/]"))
        .containsExactly("org/sqlite/native/" + sqlite);
    assertThat(names)
        .filteredOn(name -> name.matches(".*/lib/(leptonica|javacpp)-.*-(linux|macosx|windows)-.*"))
        .hasSize(2)
        .allMatch(name -> name.endsWith(platform + ".jar"));
  }

  /** With a Java for Windows, whose folder the variable names as Windows would. */
  @Test
  void theZipForWindowsRunsInWine() throws IOException {
    String java = System.getenv("WINDOWS_JAVA_HOME");
    assumeTrue(java != null, "WINDOWS_JAVA_HOME names no Java for Windows");
    PupilProgram shell = PupilProgram.in(folder).with("WINEDEBUG", "-all");
    assumeTrue(shell.shell("command -v wine").status() == 0, "there is no Wine");
    shell.shell("unzip -q '" + zip("windows-x86_64") + "'").exitedWith(0);
    PupilProgram windows =
        shell
            .with("JAVA_HOME", java)
            .with("WINEPREFIX", folder.resolve("wine").toString())
            .with("PUPIL_CACHE", "C:\\cache (1) & 2");
    windows
        .shell("cd pupil-*; wine cmd /c pupil.cmd --version")
        .exitedWith(0)
        .outContains("pupil ");
    windows
        .shell("cd pupil-*; wine cmd /c pupil.cmd label_image --graph nowhere.pb x.jpg")
        .exitedWith(4)
        .errContains("there is no graph nowhere.pb");
    assertThat(folder.resolve("wine/drive_c/cache (1) & 2/native")).isDirectory();
  }

  /** Those of the files in a zip, and of the files in the jars that are in it. */
  private static void addNames(InputStream zip, List<String> names) throws IOException {
    ZipInputStream entries = new ZipInputStream(zip);
    for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
      names.add(entry.getName());
      if (entry.getName().endsWith(".jar")) {
        addNames(entries, names);
      }
    }
  }

  @Test
  void theChecksumsAreThoseOfTheZips() throws IOException {
    zip(platformOfThisMachine());
    PupilRun run = PupilProgram.in(TARGET).shell("sha256sum -c SHA256SUMS").exitedWith(0);
    assertThat(run.outLines()).hasSize(5).allMatch(line -> line.endsWith(": OK"));
  }
}
