package org.pupil.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.pupil.dataset.PhotoFolder;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.PupilException;

/** The photos that a person names: files, folders, and - for standard input. */
final class GivenPhotos {
  /** Stands for a photo on standard input. */
  static final Path STANDARD_INPUT = Path.of("-");

  private GivenPhotos() {}

  /**
   * What they come to, in their order. What cannot be read says so only when it is read.
   *
   * @param warnings hears of files in folders that may have been meant as photos, and are not used
   */
  static List<PhotoSource> of(List<Path> paths, Consumer<String> warnings) {
    List<PhotoSource> photos = new ArrayList<>();
    int at = 0;
    while (at < paths.size()) {
      Path path = paths.get(at++);
      boolean isMissing = !path.equals(STANDARD_INPUT) && Files.notExists(path);
      if (isMissing) {
        MissingPhoto missing = MissingPhoto.of(path, paths.subList(at, paths.size()));
        photos.add(PhotoSource.unreadable(path.toString(), missing.reason()));
        at += missing.words() - 1;
      } else {
        photos.addAll(photos(path, warnings));
      }
    }
    return photos;
  }

  private static List<PhotoSource> photos(Path path, Consumer<String> warnings) {
    if (path.equals(STANDARD_INPUT)) {
      return List.of(PhotoSource.stream(path.toString(), System.in));
    }
    if (Files.isDirectory(path)) {
      return photosBelow(path, warnings);
    }
    return List.of(PhotoSource.file(path));
  }

  /** A folder that gives no photo is answered like a photo that cannot be read. */
  private static List<PhotoSource> photosBelow(Path folder, Consumer<String> warnings) {
    String trouble;
    try {
      PhotoFolder.Listed listed = PhotoFolder.list(folder);
      listed.problems().forEach(problem -> warnings.accept(problem.messageIn(SettingFlags::of)));
      if (!listed.photos().isEmpty()) {
        return listed.photos().stream().map(PhotoSource::file).toList();
      }
      trouble = "no photos in this folder";
    } catch (PupilException e) {
      trouble = e.messageIn(SettingFlags::of);
    }
    return List.of(PhotoSource.unreadable(folder.toString(), trouble));
  }
}
