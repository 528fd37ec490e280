package org.pupil.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A checkout for tests of the launcher alone: the script, and what it looks at. */
final class CheckoutCopy {
  private final Path folder;

  private CheckoutCopy(Path folder) {
    this.folder = folder;
  }

  /** A checkout that was never built. */
  static CheckoutCopy unbuilt(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.copy(Checkout.launcher(), folder.resolve("pupil"));
      TestFiles.write(folder.resolve("pom.xml"), "<project/>");
      for (String module : new String[] {"pupil-core", "pupil-app"}) {
        TestFiles.write(folder.resolve(module).resolve("pom.xml"), "<project/>");
        TestFiles.write(folder.resolve(module).resolve("src/main/java/A.java"), "class A {}");
      }
      return new CheckoutCopy(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A checkout that was built, with nothing in the build. */
  static CheckoutCopy built(Path folder) {
    CheckoutCopy copy = unbuilt(folder);
    TestFiles.write(copy.app().resolve("lib/none.jar"), "");
    TestFiles.write(copy.app().resolve("built"), "");
    return copy;
  }

  /** A checkout with this build's jars. */
  static CheckoutCopy working(Path folder) {
    CheckoutCopy copy = built(folder);
    try (var jars = Files.newDirectoryStream(Checkout.packaged().resolve("lib"))) {
      for (Path jar : jars) {
        TestFiles.link(copy.app().resolve("lib").resolve(jar.getFileName()), jar);
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  Path launcher() {
    return folder.resolve("pupil");
  }

  Path app() {
    return folder.resolve("pupil-app/target/pupil");
  }

  /** The launcher, run in a folder. */
  PupilProgram in(Path workingDirectory) {
    return PupilProgram.unprepared(workingDirectory, launcher());
  }

  /**
   * Writes a program in the language of the shell.
   *
   * @return the file
   */
  static Path script(Path file, String body) {
    TestFiles.write(file, "#!/bin/sh\n" + body);
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /**
   * Makes a Java home whose {@code java} prints its arguments, one in brackets on each line, and
   * ends with status 42; asked for a list of classes or an archive it makes an empty one and ends
   * with 0.
   */
  static Path fakeJava(Path home, String version) {
    TestFiles.write(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(
        home.resolve("bin/java"),
        """
        for argument; do
          case $argument in
            -XX:DumpLoadedClassList=*) : >"${argument#*=}"; exit 0 ;;
            -Xshare:dump) dumps=yes ;;
            -XX:SharedArchiveFile=*) archive=${argument#*=} ;;
          esac
        done
        if [ -n "${dumps:-}" ]; then : >"$archive"; exit 0; fi
        printf '[%s]\\n' "$@"
        exit 42
        """);
    return home;
  }
}
