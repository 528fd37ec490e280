package org.pupil.finetuning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.Reason;

/** The room on the disk for files of maps, which are all in one folder. */
final class MapRoom {
  private MapRoom() {}

  /**
   * A file that is to grow.
   *
   * @param file one that exists
   * @param bytes what it takes now
   * @param more what is to come
   */
  record Need(Path file, long bytes, long more) {}

  /**
   * Makes sure that there is room. Maps of other trainings, which can be computed again, go if they
   * are in the way, those first that were used least recently.
   *
   * @param mostBytes what all files of maps in the folder may take
   * @param needs files of one folder, at least one
   * @throws PupilException (unavailable) if there is none
   */
  static void make(long mostBytes, List<Need> needs) {
    long more = needs.stream().mapToLong(Need::more).sum();
    long own = needs.stream().mapToLong(Need::bytes).sum() + more;
    Path folder = needs.get(0).file().toAbsolutePath().getParent();
    if (own > mostBytes) {
      throw PupilException.unavailable(
          Message.of(
              "fine-tuning needs %d MB for what it keeps of the photos, and may use %d MB: raise "
                  .formatted(megabytes(own), megabytes(mostBytes)),
              Setting.CACHE_SIZE,
              ", or give a later layer with ",
              Setting.FINE_TUNE));
    }
    try {
      deleteOthers(folder, needs.stream().map(Need::file).toList(), mostBytes - own);
      for (Need need : needs) {
        Files.setLastModifiedTime(need.file(), FileTime.fromMillis(System.currentTimeMillis()));
      }
      long free = Files.getFileStore(needs.get(0).file()).getUsableSpace();
      if (more > free) {
        throw PupilException.unavailable(
            Message.of(
                "fine-tuning needs %d MB in %s, whose disk has only %d MB left: give another "
                    .formatted(megabytes(more), needs.get(0).file().getParent(), megabytes(free)),
                Setting.BOTTLENECK_DIR,
                ", or a later layer with ",
                Setting.FINE_TUNE));
      }
    } catch (IOException e) {
      throw PupilException.unavailable(
          "cannot see how much room there is in " + folder + ": " + Reason.of(e), e);
    }
  }

  private static long megabytes(long bytes) {
    long megabyte = 1_000_000;
    return (bytes + megabyte - 1) / megabyte;
  }

  private static void deleteOthers(Path folder, List<Path> own, long room) throws IOException {
    List<Path> kept = own.stream().map(Path::toAbsolutePath).toList();
    List<Path> others;
    try (Stream<Path> files = Files.list(folder)) {
      others =
          files
              .filter(each -> each.toString().endsWith(CutMaps.EXTENSION) && !kept.contains(each))
              .sorted(Comparator.comparing(MapRoom::lastUsed))
              .toList();
    }
    long bytes = 0;
    for (Path other : others) {
      bytes += Files.size(other);
    }
    for (Path other : others) {
      if (bytes > room) {
        bytes -= Files.size(other);
        Files.delete(other);
      }
    }
  }

  private static long lastUsed(Path file) {
    return file.toFile().lastModified();
  }
}
