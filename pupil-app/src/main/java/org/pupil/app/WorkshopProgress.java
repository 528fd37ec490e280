package org.pupil.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pupil.files.WholeFile;

/**
 * How far somebody is in the workshop, kept in a small file in the working folder.
 *
 * @param station from 1
 * @param step the next one of the station, from 0
 */
record WorkshopProgress(int station, int step) {
  /** The file. */
  static final Path FILE = Path.of("pupil-workshop.txt");

  static final WorkshopProgress BEGINNING = new WorkshopProgress(1, 0);

  private static final Pattern CONTENT =
      Pattern.compile("(?s).*?station (\\d{1,3}), step (\\d{1,4})\\s*");

  WorkshopProgress {
    if (station < 1 || step < 0) {
      throw new IllegalArgumentException("station %d, step %d".formatted(station, step));
    }
  }

  /**
   * What the file says.
   *
   * @param pages all stations
   * @return empty if there is none, or it speaks of what there is not, as that of another version
   */
  static Optional<WorkshopProgress> read(Path file, List<WorkshopPage> pages) {
    String content;
    try {
      content = Files.readString(file);
    } catch (IOException e) {
      return Optional.empty();
    }
    Matcher numbers = CONTENT.matcher(content);
    if (!numbers.matches()) {
      return Optional.empty();
    }
    int station = Integer.parseInt(numbers.group(1));
    int step = Integer.parseInt(numbers.group(2));
    return station >= 1 && station <= pages.size() && step <= pages.get(station - 1).steps().size()
        ? Optional.of(new WorkshopProgress(station, step))
        : Optional.empty();
  }

  /** Writes the file, whole or not at all. */
  void write(Path file) {
    WholeFile.write(
        file,
        "How far you are in the workshop of Pupil. Delete this file to begin again.%nstation %d, step %d%n"
            .formatted(station, step));
  }
}
