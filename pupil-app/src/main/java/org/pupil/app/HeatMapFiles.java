package org.pupil.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.explain.LayerPictures;
import org.pupil.files.WholeFile;
import org.pupil.pictures.HeatMapPicture;

/**
 * Where heat maps and pictures of layers go: where a person says, or else into the current folder
 * under the photo's name. A file that is there is replaced only if it is such a picture itself.
 */
final class HeatMapFiles {
  private static final String ENDING = "-explained";
  private static final String EXTENSION = ".png";

  /** Names may have 255 bytes on most file systems; an ending, a number and more are to fit. */
  private static final int MOST_BYTES = 200;

  private final Optional<Path> named;
  private final Path folder;
  private final Set<Path> used = new HashSet<>();

  /**
   * @param named the file that a person named for the heat map of the one photo that there is
   * @param folder where all other files go; empty for the current folder
   */
  HeatMapFiles(Optional<Path> named, Optional<Path> folder) {
    this.named = named;
    this.folder = folder.orElse(Path.of(""));
  }

  /**
   * A heat map that was written.
   *
   * @param png its content, not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // on its way to the terminal
  record Written(Path file, byte[] png) {}

  /**
   * Checks, before the model is run, that the named file and folder can be written. The folder is
   * made if it is not there.
   *
   * @throws PupilException (unavailable) if they cannot; (usage) if the file is there and is no
   *     heat map
   */
  void check() {
    if (!folder.toString().isEmpty()) {
      makeFolder();
    }
    named.ifPresent(
        file -> {
          if (file.equals(GivenPhotos.STANDARD_INPUT)) {
            throw PupilException.usage(
                "--heat_map goes into a file, not to standard output: name it, as why.png");
          }
          WholeFile.checkWritable(Setting.HEAT_MAP, file);
          if (isForeign(file)) {
            throw PupilException.usage(
                "--heat_map: %s is there and is no heat map: give another name".formatted(file));
          }
        });
  }

  /**
   * Writes the heat map of a photo.
   *
   * @param photo what the photo is called
   * @throws PupilException (unavailable) if it cannot be written
   */
  Written write(String photo, byte[] png) {
    Path file = named.orElseGet(() -> free(baseName(photo) + ENDING));
    WholeFile.write(file, png);
    return new Written(file, png);
  }

  /**
   * Writes the pictures of the network's layers.
   *
   * @param photo what the photo is called
   * @throws PupilException (unavailable) if one cannot be written
   */
  WrittenPictures.Layers write(String photo, LayerPictures pictures) {
    String name = baseName(photo);
    String change = pictures.change().name().toLowerCase(Locale.ROOT);
    return new WrittenPictures.Layers(
        pictures,
        pictures.filters().map(png -> writeAs(name + "-filters", png)),
        writeAs(name + "-layers", pictures.maps()),
        writeAs(name + "-layers-" + change, pictures.changed()));
  }

  private Path writeAs(String name, byte[] png) {
    Path file = free(name);
    WholeFile.write(file, png);
    return file;
  }

  private void makeFolder() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw PupilException.unavailable(
          "--output_dir %s cannot be made: %s".formatted(folder, PhotoSource.reason(e)), e);
    }
    if (!Files.isWritable(folder)) {
      throw PupilException.unavailable("--output_dir %s cannot be written".formatted(folder));
    }
  }

  /** Two photos of one run may have one name, and another file may have it already. */
  private Path free(String name) {
    Path file = folder.resolve(name + EXTENSION);
    for (int number = 2; isForeign(file) || !used.add(file); number++) {
      file = folder.resolve(name + "-" + number + EXTENSION);
    }
    return file;
  }

  /** The name of the photo's file without its extension, and so short that a file may have it. */
  private static String baseName(String photo) {
    if (photo.equals(GivenPhotos.STANDARD_INPUT.toString())) {
      return "photo";
    }
    Path last = Path.of(photo).getFileName();
    String name = last == null ? "" : last.toString();
    int dot = name.lastIndexOf('.');
    return shortened(dot > 0 ? name.substring(0, dot) : name);
  }

  private static String shortened(String name) {
    String end = name;
    while (end.getBytes(UTF_8).length > MOST_BYTES) {
      end = end.substring(0, end.offsetByCodePoints(end.length(), -1));
    }
    return end;
  }

  /** Whether a file is there that is no heat map. */
  private static boolean isForeign(Path file) {
    if (!Files.isRegularFile(file)) {
      return Files.isDirectory(file); // of anything else the writer says that it cannot be
    }
    try (InputStream in = Files.newInputStream(file)) {
      return !HeatMapPicture.isOne(in);
    } catch (IOException e) {
      return true; // who cannot read it cannot know
    }
  }
}
