package org.pupil.tuning;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;
import org.pupil.run.RunFolder;

/** Where searches have their folders: beside the training runs, so that a board shows them all. */
final class SearchFolder {
  private static final String NAME = "tune";

  private SearchFolder() {}

  /**
   * Makes the folder of a new search.
   *
   * @throws PupilException as {@link RunFolder#make}
   */
  static RunFolder make(Path runs, Optional<String> name) {
    try {
      return RunFolder.make(runs, Optional.of(name.orElse(NAME)));
    } catch (PupilException e) {
      if (e.getCause() instanceof IOException cause) { // which advises what a search cannot choose
        throw PupilException.unavailable(
            "cannot make a folder for this search in %s: %s; search from a folder that can be written"
                .formatted(runs, FileTrouble.reason(cause)),
            cause);
      }
      throw e;
    }
  }

  /**
   * The folder of a search to go on with: that of a name, or the one whose journal was written
   * last.
   *
   * @throws PupilException (bad input) if there is none
   */
  static RunFolder find(Path runs, Optional<String> name) {
    if (name.isPresent()) {
      return new RunFolder(runs, name.get(), Optional.empty());
    }
    Path newest = null;
    FileTime time = FileTime.fromMillis(Long.MIN_VALUE);
    try {
      if (Files.isDirectory(runs)) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs)) {
          for (Path folder : folders) {
            Path journal = folder.resolve(TrialJournal.FILE);
            if (Files.isRegularFile(journal)
                && Files.getLastModifiedTime(journal).compareTo(time) > 0) {
              newest = folder;
              time = Files.getLastModifiedTime(journal);
            }
          }
        }
      }
    } catch (IOException e) {
      throw PupilException.unavailable(
          "cannot look for searches in " + runs + ": " + FileTrouble.reason(e), e);
    }
    if (newest == null) {
      throw PupilException.badInput("there is no search to go on with in " + runs + ": begin one");
    }
    return new RunFolder(runs, newest.getFileName().toString(), Optional.empty());
  }
}
