package org.pupil.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledConvertersTest {
  @TempDir private Path folder;

  private void program(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private List<PhotoConverter> reading(PhotoFormat format, String path, String system) {
    return InstalledConverters.onPath(path, system).reading(format).stream()
        .map(InstalledConverters.Program::converter)
        .toList();
  }

  @Test
  void libheifComesFirstAndUnderOneName() throws IOException {
    for (String name : List.of("magick", "avifdec", "djxl", "heif-convert", "heif-dec")) {
      program(name);
    }

    assertThat(reading(PhotoFormat.HEIF, folder.toString(), "Linux"))
        .containsExactly(PhotoConverter.HEIF_DEC, PhotoConverter.MAGICK);
    assertThat(reading(PhotoFormat.AVIF, folder.toString(), "Linux"))
        .containsExactly(PhotoConverter.HEIF_DEC, PhotoConverter.AVIFDEC, PhotoConverter.MAGICK);
    assertThat(reading(PhotoFormat.JPEG_XL, folder.toString(), "Linux"))
        .containsExactly(PhotoConverter.DJXL, PhotoConverter.MAGICK);
  }

  @Test
  void theFirstFolderCountsAndOnlyAbsoluteOnes() throws IOException {
    program("one/djxl");
    program("two/djxl");
    String relative = "";
    String path =
        String.join(
            File.pathSeparator,
            relative,
            "bin",
            folder.resolve("none").toString(),
            folder.resolve("two").toString(),
            folder.resolve("one").toString());

    assertThat(InstalledConverters.onPath(path, "Linux").reading(PhotoFormat.JPEG_XL))
        .singleElement()
        .satisfies(found -> assertThat(found.file()).isEqualTo(folder.resolve("two/djxl")));
  }

  @Test
  void aFolderOrAFileThatMayNotBeRunIsNoProgram() throws IOException {
    Files.createDirectory(folder.resolve("djxl"));
    Files.writeString(folder.resolve("heif-dec"), "text");

    InstalledConverters found = InstalledConverters.onPath(folder.toString(), "Linux");

    assertThat(found.canRead(PhotoFormat.JPEG_XL)).isFalse();
    assertThat(found.canRead(PhotoFormat.HEIF)).isFalse();
    assertThat(found.canRead(PhotoFormat.JPEG)).isTrue();
    assertThat(found.canRead(PhotoFormat.RAW)).isFalse();
  }

  @Test
  void sipsIsAskedOnMacOnly() throws IOException {
    program("sips");

    assertThat(reading(PhotoFormat.HEIF, folder.toString(), "Mac OS X"))
        .containsExactly(PhotoConverter.SIPS);
    assertThat(reading(PhotoFormat.HEIF, folder.toString(), "Linux")).isEmpty();
  }

  @Test
  void onWindowsProgramsEndInExe() throws IOException {
    program("magick.exe");
    program("heif-dec.bat");
    program("djxl");

    assertThat(reading(PhotoFormat.HEIF, folder.toString(), "Windows 11"))
        .containsExactly(PhotoConverter.MAGICK);
    assertThat(reading(PhotoFormat.JPEG_XL, folder.toString(), "Windows 11"))
        .containsExactly(PhotoConverter.MAGICK);
  }

  @Test
  void adviceIsTheCommandOfTheSystemsInstaller() throws IOException {
    program("linux/dnf");
    program("windows/winget.exe");

    assertThat(
            InstalledConverters.onPath(folder.resolve("linux").toString(), "Linux")
                .advice(PhotoFormat.AVIF))
        .isEqualTo("install the program that reads it, with `sudo dnf install libheif-tools`");
    assertThat(
            InstalledConverters.onPath(folder.resolve("windows").toString(), "Windows 11")
                .command(PhotoFormat.HEIF))
        .contains("winget install ImageMagick.ImageMagick");
    assertThat(InstalledConverters.none().command(PhotoFormat.HEIF)).isEmpty();
  }

  @Test
  void namesOfConvertersArePassedToNoShellAndHaveNoOptionsIn() {
    for (PhotoConverter converter : PhotoConverter.values()) {
      for (PhotoFormat format : PhotoFormat.values()) {
        if (converter.reads(format)) {
          assertThat(converter.arguments(format, "picture.png"))
              .anyMatch(argument -> argument.contains(PhotoConverter.inputName(format)))
              .anyMatch(argument -> argument.endsWith("picture.png"));
        }
      }
    }
  }
}
