package org.pupil.finetuning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pupil.bottleneck.ContentHash;
import org.pupil.dataset.Photo;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.Reason;

/** Maps at a cut that are kept on the disk, and computed where they are not there yet. */
final class CutMaps implements PhotoMaps {
  static final String EXTENSION = ".maps";

  private final Path file;
  private final long mostBytes;
  private final MapFile maps;
  private final MapComputer computer;
  private final Map<ContentHash, Photo> photos;
  private final Set<ContentHash> judging;

  /**
   * @param file where they are kept
   * @param mostBytes what all such files in its folder may take
   * @param maps that file, opened; this owns it
   * @param photos all of them
   * @param judging those of them that are only looked at as they are
   */
  CutMaps(
      Path file,
      long mostBytes,
      MapFile maps,
      MapComputer computer,
      Map<ContentHash, Photo> photos,
      Set<ContentHash> judging) {
    this.file = file;
    this.mostBytes = mostBytes;
    this.maps = maps;
    this.computer = computer;
    this.photos = photos;
    this.judging = judging;
  }

  /** What is not there yet: all views of a photo, then those of the next. */
  private List<MapComputer.Missing> absent(int views) {
    return photos.entrySet().stream()
        .flatMap(
            entry ->
                IntStream.range(0, judging.contains(entry.getKey()) ? 1 : views)
                    .filter(view -> !maps.has(entry.getKey(), view))
                    .mapToObj(
                        view -> new MapComputer.Missing(entry.getValue(), entry.getKey(), view)))
        .toList();
  }

  @Override
  public boolean has(ContentHash content, int view) {
    return maps.has(content, view);
  }

  @Override
  public int missing(int views) {
    return absent(views).size();
  }

  @Override
  public long bytesOfOne() {
    return MapFile.recordBytes(maps.shape());
  }

  /**
   * Makes sure that there is room for what is missing. Maps of other trainings, which can be
   * computed again, go if they are in the way, those first that were used least recently.
   *
   * @throws PupilException (unavailable) if there is none
   */
  void makeRoom(int views) {
    long more = missing(views) * bytesOfOne();
    long own = maps.bytes() + more;
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
      deleteOthers(mostBytes - own);
      Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
      long free = Files.getFileStore(file).getUsableSpace();
      if (more > free) {
        throw PupilException.unavailable(
            Message.of(
                "fine-tuning needs %d MB in %s, whose disk has only %d MB left: give another "
                    .formatted(megabytes(more), file.getParent(), megabytes(free)),
                Setting.BOTTLENECK_DIR,
                ", or a later layer with ",
                Setting.FINE_TUNE));
      }
    } catch (IOException e) {
      throw PupilException.unavailable(
          "cannot see how much room there is in " + file.getParent() + ": " + Reason.of(e), e);
    }
  }

  private static long megabytes(long bytes) {
    long megabyte = 1_000_000;
    return (bytes + megabyte - 1) / megabyte;
  }

  private void deleteOthers(long room) throws IOException {
    List<Path> others;
    try (Stream<Path> files = Files.list(file.getParent())) {
      others =
          files
              .filter(each -> each.toString().endsWith(EXTENSION) && !each.equals(file))
              .sorted(Comparator.comparing(CutMaps::lastUsed))
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

  @Override
  public void compute(int views, int most, Listener listener) {
    List<MapComputer.Missing> absent = absent(views);
    computer.compute(absent.subList(0, Math.min(most, absent.size())), listener);
  }

  @Override
  public void read(ContentHash content, int view, float[][] rows, int first) {
    maps.read(content, view, rows, first);
  }

  @Override
  public void close() {
    computer.close();
    maps.close();
  }
}
