package org.pupil.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.PhotoFile;
import org.pupil.dataset.PhotoFormat;
import org.pupil.dataset.PhotoSource;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;

/**
 * Moves photos out of the folder of labels into another one, below which they keep their label's
 * folder, and back. Nothing is deleted and nothing overwritten; what cannot be moved stays, with a
 * reason. What is moved is noted first, see {@link MoveList}.
 */
public final class PhotoMover implements AutoCloseable {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'moved-'yyyy-MM-dd'T'HH-mm-ss", Locale.ROOT);

  private static final int MOST_NAMES = 10_000;

  private final Path imageDir;
  private final Path folder;
  private final Clock clock;
  private @Nullable MoveList list;

  /** Hears of the photos that are not moved. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A photo stays where it is.
     *
     * @param reason in a few words
     */
    void stays(Path photo, String reason);
  }

  private PhotoMover(Path imageDir, Path folder, Clock clock) {
    this.imageDir = imageDir;
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Gets ready to move; the folder is made when the first photo is moved.
   *
   * @param imageDir the folder of the labels' folders
   * @param folder where photos go
   * @param clock names the list
   * @throws PupilException (usage) if the folder is inside the labels' folders, where the photos
   *     would be found again
   */
  public static PhotoMover to(Path folder, Path imageDir, Clock clock) {
    try {
      Path real = imageDir.toRealPath();
      if (resolved(folder).startsWith(real)) {
        throw PupilException.usage(
            "%s is inside of %s, where the photos would be found again: give a folder beside it"
                .formatted(folder, imageDir));
      }
      return new PhotoMover(real, folder.toAbsolutePath().normalize(), clock);
    } catch (IOException e) {
      throw PupilException.badInput("cannot read " + imageDir + ": " + FileTrouble.reason(e), e);
    }
  }

  /** Where links lead, of as much of a path as is there. */
  private static Path resolved(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    Path there = absolute;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there.toRealPath().resolve(there.relativize(absolute)).normalize();
  }

  /**
   * Moves one photo.
   *
   * @return whether it was moved
   * @throws PupilException (unavailable) if the list cannot be written; the photo is then where it
   *     was
   */
  public boolean move(PhotoSource photo, Listener listener) {
    Path from = photo.file().map(PhotoFile::path).orElseGet(() -> Path.of(photo.name()));
    try {
      Path real = from.toAbsolutePath().getParent().toRealPath();
      BasicFileAttributes now =
          Files.readAttributes(from, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      String reason = reasonToStay(photo, real, now);
      if (!reason.isEmpty()) {
        listener.stays(from, reason);
        return false;
      }
      return move(real.resolve(from.getFileName()), now, listener);
    } catch (IOException e) {
      listener.stays(from, FileTrouble.reason(e));
      return false;
    }
  }

  private String reasonToStay(PhotoSource photo, Path realFolder, BasicFileAttributes now) {
    if (now.isSymbolicLink()) {
      return "it is a link; delete it by hand";
    }
    if (!realFolder.startsWith(imageDir)) {
      return "a link leads to it from elsewhere; other work may need it there";
    }
    boolean isAsChecked =
        photo
            .file()
            .map(
                file ->
                    file.size() == now.size()
                        && file.modifiedMillis() == now.lastModifiedTime().toMillis())
            .orElse(true);
    return isAsChecked ? "" : "it has changed since it was checked";
  }

  private boolean move(Path from, BasicFileAttributes now, Listener listener) throws IOException {
    if (!Files.isWritable(from.getParent())) {
      listener.stays(from, "its folder may not be changed");
      return false;
    }
    Path wanted = folder.resolve(imageDir.relativize(from).toString());
    MoveList open = list();
    try {
      Files.createDirectories(wanted.getParent());
    } catch (IOException e) {
      listener.stays(from, "cannot make " + wanted.getParent() + ": " + FileTrouble.reason(e));
      return false;
    }
    Path to = free(wanted);
    try {
      open.add(
          new MoveList.Move(
              imageDir.relativize(from),
              folder.relativize(to),
              now.size(),
              now.lastModifiedTime().toMillis()));
    } catch (IOException e) {
      throw cannotWrite(open.file(), e);
    }
    Files.move(from, to); // never replaces
    return true;
  }

  /** A name that nothing has yet. */
  private static Path free(Path wanted) throws IOException {
    String name = wanted.getFileName().toString();
    int dot = name.lastIndexOf('.') <= 0 ? name.length() : name.lastIndexOf('.');
    Path free = wanted;
    for (int i = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); i++) {
      if (i > MOST_NAMES) {
        throw new FileAlreadyExistsException(wanted.toString());
      }
      free = wanted.resolveSibling(name.substring(0, dot) + "-" + i + name.substring(dot));
    }
    return free;
  }

  private MoveList list() {
    if (list != null) {
      return list;
    }
    Path file = folder;
    try {
      Files.createDirectories(folder);
      String name = NAME.format(LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault()));
      file = free(folder.resolve(name + ".jsonl"));
      MoveList begun = MoveList.begin(file, imageDir);
      list = begun;
      return begun;
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static PupilException cannotWrite(Path file, IOException cause) {
    return PupilException.unavailable(
        "cannot write " + file + ": " + FileTrouble.reason(cause), cause);
  }

  /** The list of what was moved; empty if nothing was. */
  public Optional<Path> listFile() {
    return Optional.ofNullable(list).map(MoveList::file);
  }

  @Override
  public void close() {
    if (list != null) {
      try {
        list.close();
      } catch (IOException e) {
        throw cannotWrite(list.file(), e);
      }
    }
  }

  /**
   * Brings photos back, the last one first. What is back already, or was never moved, is passed
   * over, so it can be asked for again after a failure. The list's folder may have been moved.
   *
   * @param listFile what {@link #listFile} was
   * @return the photos that were brought back, where they are now
   * @throws PupilException (bad input) if it is no list of moved photos, or the folder that they
   *     came from is not there any more
   */
  public static List<Path> undo(Path listFile, Listener listener) {
    try {
      MoveList.Content list = MoveList.read(listFile);
      if (!Files.isDirectory(list.imageDir())) {
        throw PupilException.badInput(
            "the photos came from %s, which is not there any more: give it that name again, or move them by hand"
                .formatted(list.imageDir()));
      }
      Undo undo =
          new Undo(list.imageDir().toRealPath(), listFile.toRealPath().getParent(), listener);
      List<Path> back = new ArrayList<>();
      for (int i = list.moves().size() - 1; i >= 0; i--) {
        undo.bringBack(list.moves().get(i)).ifPresent(back::add);
      }
      return back;
    } catch (IOException e) {
      throw PupilException.badInput("cannot read " + listFile + ": " + FileTrouble.reason(e), e);
    }
  }

  /** Brings photos back from one folder to another. */
  private record Undo(Path imageDir, Path folder, Listener listener) {
    /** Some file systems keep times in steps of two seconds. */
    private static final long NEAR_MILLIS = 2000;

    /** The photo where it is now; empty if it stays. */
    Optional<Path> bringBack(MoveList.Move move) {
      Path from = imageDir.resolve(move.from());
      Path to = folder.resolve(move.to());
      try {
        String reason = reasonToStay(move, from, to);
        if (!reason.isEmpty()) {
          listener.stays(to, reason);
          return Optional.empty();
        }
        Files.createDirectories(from.getParent());
        Files.move(to, from);
        return Optional.of(from);
      } catch (NoSuchFileException e) {
        if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
          listener.stays(to, "it is not there any more");
        }
      } catch (IOException e) {
        listener.stays(to, FileTrouble.reason(e));
      }
      return Optional.empty();
    }

    /** Photos are not looked for where names begin with a point, so none came from there. */
    private static boolean isHidden(Path path) {
      return IntStream.range(0, path.getNameCount())
          .anyMatch(i -> path.getName(i).toString().startsWith("."));
    }

    private static boolean isPhoto(Path from, Path to) throws IOException {
      if (PhotoFile.isNamedAsPhoto(from)) {
        return true;
      }
      try (InputStream in = Files.newInputStream(to)) {
        return PhotoFormat.of(in.readNBytes(PhotoFormat.FIRST_BYTES)).isPresent();
      }
    }

    private String reasonToStay(MoveList.Move move, Path from, Path to) throws IOException {
      BasicFileAttributes now =
          Files.readAttributes(to, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!now.isRegularFile() || isHidden(move.from()) || !isPhoto(move.from(), to)) {
        return "it is no photo";
      }
      if (!resolved(from).startsWith(imageDir) || !to.toRealPath().startsWith(folder)) {
        return "a link leads elsewhere";
      }
      if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
        return "there is a file at " + from;
      }
      long later = now.lastModifiedTime().toMillis() - move.modifiedMillis();
      boolean isAsMoved = now.size() == move.size() && Math.abs(later) <= NEAR_MILLIS;
      return isAsMoved ? "" : "it has changed since it was moved";
    }
  }
}
