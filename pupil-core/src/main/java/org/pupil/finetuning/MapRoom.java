package org.pupil.finetuning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.Reason;

/**
 * The room on the disk for what fine-tuning keeps in its folder: files of maps, and checkpoints.
 * Those of other trainings go if they are in the way, the ones first that were used least recently:
 * maps can be computed again, and the training of an old checkpoint can begin anew.
 */
final class MapRoom {
  private final Path folder;
  private final long mostBytes;
  private final FreeSpace free;

  /**
   * @param folder of all of it; need not be there yet
   * @param mostBytes what all of it may take
   */
  MapRoom(Path folder, long mostBytes) {
    this(folder, mostBytes, place -> Files.getFileStore(place).getUsableSpace());
  }

  /**
   * @param free bytes that the disk of a folder has left
   */
  MapRoom(Path folder, long mostBytes, FreeSpace free) {
    this.folder = folder.toAbsolutePath();
    this.mostBytes = mostBytes;
    this.free = free;
  }

  /** Tells how much room a disk has. */
  interface FreeSpace {
    /** Bytes that are left on the disk of a folder. */
    long of(Path place) throws IOException;
  }

  /**
   * A file that is to grow.
   *
   * @param file one that exists
   * @param bytes what it takes now
   * @param more what is to come
   */
  record Need(Path file, long bytes, long more) {}

  /** A file of another training. */
  private record Other(Path file, long bytes, FileTime used) {}

  /**
   * Whether there can be room, asked before anything is computed. Nothing is changed.
   *
   * @param needs files in the folder that need not exist yet
   * @throws PupilException (unavailable) if there is none, whatever is deleted
   */
  void check(List<Need> needs) {
    long more = needs.stream().mapToLong(Need::more).sum();
    checkLimit(needs.stream().mapToLong(Need::bytes).sum() + more);
    try {
      Optional<Path> there = Optional.of(folder);
      while (there.isPresent() && !Files.isDirectory(there.get())) {
        there = Optional.ofNullable(there.get().getParent());
      }
      if (there.isPresent()) {
        List<Path> own = needs.stream().map(Need::file).toList();
        checkDisk(more, bytes(others(own)) + free.of(there.get()));
      }
    } catch (IOException e) {
      throw unseen(e);
    }
  }

  /**
   * Makes sure that there is room.
   *
   * @param needs files in the folder, at least one
   * @param spared other files that do not go
   * @throws PupilException (unavailable) if there is none
   */
  void make(List<Need> needs, List<Path> spared) {
    long more = needs.stream().mapToLong(Need::more).sum();
    long own = needs.stream().mapToLong(Need::bytes).sum() + more;
    checkLimit(own);
    try {
      List<Path> kept = Stream.concat(needs.stream().map(Need::file), spared.stream()).toList();
      List<Other> others = others(kept);
      delete(others, Math.min(mostBytes - own, bytes(others) + free.of(folder) - more));
      for (Need need : needs) {
        Files.setLastModifiedTime(need.file(), FileTime.fromMillis(System.currentTimeMillis()));
      }
      checkDisk(more, free.of(folder));
    } catch (IOException e) {
      throw unseen(e);
    }
  }

  /** Whether this much may be kept. */
  boolean allows(long bytes) {
    return bytes <= mostBytes;
  }

  private void checkLimit(long bytes) {
    if (!allows(bytes)) {
      throw PupilException.unavailable(
          Message.of(
              "fine-tuning needs %d MB for what it keeps of the photos, and may use %d MB: raise "
                  .formatted(megabytes(bytes), megabytes(mostBytes)),
              Setting.CACHE_SIZE,
              ", or give a later layer with ",
              Setting.FINE_TUNE));
    }
  }

  private void checkDisk(long more, long left) {
    if (more > left) {
      throw PupilException.unavailable(
          Message.of(
              "fine-tuning needs %d MB in %s, whose disk has only %d MB left: give another "
                  .formatted(megabytes(more), folder, megabytes(left)),
              Setting.BOTTLENECK_DIR,
              ", or a later layer with ",
              Setting.FINE_TUNE));
    }
  }

  private PupilException unseen(IOException e) {
    return PupilException.unavailable(
        "cannot see how much room there is in " + folder + ": " + Reason.of(e), e);
  }

  private static long megabytes(long bytes) {
    long megabyte = 1_000_000;
    return (bytes + megabyte - 1) / megabyte;
  }

  /** The files of other trainings, those first that were used least recently. */
  private List<Other> others(List<Path> own) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> kept = own.stream().map(Path::toAbsolutePath).toList();
    List<Path> found;
    try (Stream<Path> files = Files.list(folder)) {
      found = files.filter(file -> isOurs(file) && !kept.contains(file)).toList();
    }
    List<Other> others = new ArrayList<>();
    for (Path file : found) {
      others.add(new Other(file, Files.size(file), Files.getLastModifiedTime(file)));
    }
    others.sort(Comparator.comparing(Other::used));
    return others;
  }

  private static boolean isOurs(Path file) {
    String name = file.toString();
    return name.endsWith(CutMaps.EXTENSION) || name.endsWith(Checkpoint.EXTENSION);
  }

  private static long bytes(List<Other> others) {
    return others.stream().mapToLong(Other::bytes).sum();
  }

  private static void delete(List<Other> others, long room) throws IOException {
    long left = bytes(others);
    for (Other other : others) {
      if (left <= room) {
        return;
      }
      left -= other.bytes();
      Files.delete(other.file());
    }
  }
}
