package org.pupil.check;

import java.io.IOException;
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
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.PhotoFile;
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
      open.add(new MoveList.Move(from, to, now.size(), now.lastModifiedTime().toMillis()));
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
      MoveList begun = MoveList.begin(file);
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
   * over, so it can be asked for again after a failure.
   *
   * @param listFile what {@link #listFile} was
   * @return the photos that were brought back, where they are now
   * @throws PupilException (bad input) if it is no list of moved photos
   */
  public static List<Path> undo(Path listFile, Listener listener) {
    List<MoveList.Move> moves;
    try {
      moves = MoveList.read(listFile);
    } catch (IOException e) {
      throw PupilException.badInput("cannot read " + listFile + ": " + FileTrouble.reason(e), e);
    }
    List<Path> back = new ArrayList<>();
    for (int i = moves.size() - 1; i >= 0; i--) {
      if (undo(moves.get(i), listener)) {
        back.add(moves.get(i).from());
      }
    }
    return back;
  }

  private static boolean undo(MoveList.Move move, Listener listener) {
    try {
      BasicFileAttributes now =
          Files.readAttributes(move.to(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (Files.exists(move.from(), LinkOption.NOFOLLOW_LINKS)) {
        listener.stays(move.to(), "there is a file at " + move.from());
        return false;
      }
      if (now.size() != move.size() || now.lastModifiedTime().toMillis() != move.modifiedMillis()) {
        listener.stays(move.to(), "it has changed since it was moved");
        return false;
      }
      Files.createDirectories(move.from().getParent());
      Files.move(move.to(), move.from());
      return true;
    } catch (NoSuchFileException e) {
      if (!Files.exists(move.from(), LinkOption.NOFOLLOW_LINKS)) {
        listener.stays(move.to(), "it is not there any more");
      }
      return false;
    } catch (IOException e) {
      listener.stays(move.to(), FileTrouble.reason(e));
      return false;
    }
  }
}
