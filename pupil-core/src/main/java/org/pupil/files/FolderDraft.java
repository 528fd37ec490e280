package org.pupil.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pupil.errors.PupilException;

/**
 * A folder of many files that is being made: it appears whole or not at all.
 *
 * <p>It is made in a hidden folder beside its place, on the same disk. What a killed process leaves
 * there the next one clears away. Unlike {@link WholeFolder} it may be larger than memory, and its
 * files are not forced to the disk one by one.
 */
public final class FolderDraft implements AutoCloseable {
  private static final String SCRATCH = "scratch";

  private final Path folder;
  private final Destination destination;
  private final Part part;

  private FolderDraft(Path folder, Destination destination, Part part) {
    this.folder = folder;
    this.destination = destination;
    this.part = part;
  }

  /**
   * Begins a folder that is not there yet, or is there and empty; makes those above it.
   *
   * @throws PupilException (unavailable) if it cannot be written, or there is something already
   */
  public static FolderDraft begin(Path folder) {
    try {
      Destination destination = Destination.of(folder);
      if (Files.exists(destination.target()) && !destination.isFolder()) {
        throw WriteFailure.isFile(folder);
      }
      checkEmpty(folder, destination);
      destination.prepare();
      Part part = Part.folder(destination.target());
      Files.createDirectory(part.path().resolve(Leftovers.NEW));
      Files.createDirectory(part.path().resolve(SCRATCH));
      return new FolderDraft(folder, destination, part);
    } catch (IOException e) {
      throw WriteFailure.of(folder, e);
    }
  }

  private static void checkEmpty(Path folder, Destination destination) throws IOException {
    if (!isEmpty(destination)) {
      throw PupilException.unavailable(
          "cannot write " + folder + ": there are files in it; give the name of a new folder");
    }
  }

  private static boolean isEmpty(Destination destination) throws IOException {
    if (!destination.isFolder()) {
      return true;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(destination.target())) {
      return !entries.iterator().hasNext();
    }
  }

  /** Where its files go until it is finished. */
  public Path path() {
    return part.path().resolve(Leftovers.NEW);
  }

  /** A folder on the same disk for what is needed meanwhile; it is gone in the end. */
  public Path scratch() {
    return part.path().resolve(SCRATCH);
  }

  /**
   * Puts the folder in its place.
   *
   * @throws PupilException (unavailable) if that cannot be, or files have come there meanwhile
   */
  public void finish() {
    try {
      checkEmpty(folder, destination);
      Files.deleteIfExists(destination.target());
      Replacement.move(path(), destination.target());
    } catch (IOException e) {
      throw WriteFailure.of(folder, e);
    }
  }

  /** Deletes what is left of it; all of it, if it was not finished. */
  @Override
  public void close() {
    try {
      part.close();
    } catch (IOException e) {
      throw WriteFailure.of(folder, e);
    }
  }
}
