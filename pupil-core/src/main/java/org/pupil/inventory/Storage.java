package org.pupil.inventory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.pupil.backbone.KnownBackbone;
import org.pupil.backbone.fetch.HashRecord;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.errors.PupilException;
import org.pupil.files.CacheFolder;
import org.pupil.files.Reason;
import org.pupil.files.ScratchFolder;
import org.pupil.ingest.ImageDirectory;
import org.pupil.run.RunSettings;

/**
 * The folders in which Pupil keeps what it can make again. Models, logs and photos are not among
 * it, nor is any file of which Pupil does not know that it is its own.
 *
 * @param cache Pupil's own folder
 * @param bottlenecks {@code --bottleneck_dir}
 * @param datasets where archives of photos are unpacked
 * @param backbones {@code --model_dir}
 */
public record Storage(CacheFolder cache, Path bottlenecks, Path datasets, Path backbones) {
  /** As folders for a moment and half-written archives of classes are named. */
  private static final String LEFT = "{self-check-*,*.jsa.*.part}";

  /** As {@link ImageDirectory} names what it has unpacked. */
  private static final Pattern UNPACKED = Pattern.compile("[0-9a-f]{16}");

  private static final String CLASSES = "classes-*.jsa";

  /**
   * Looks at what is kept.
   *
   * @return each kind of which there is something, in the order of {@link Kept.Kind}
   * @throws PupilException (bad input) if a folder is there and cannot be read
   */
  public List<Kept> kept() {
    Map<Kept.Kind, List<Path>> paths = new EnumMap<>(Kept.Kind.class);
    paths.put(Kept.Kind.LEFTOVERS, leftovers());
    paths.put(Kept.Kind.LIBRARIES, existing(cache.forNativeLibraries()));
    paths.put(Kept.Kind.CLASSES, matching(cache.path(), CLASSES));
    paths.put(Kept.Kind.BOTTLENECKS, bottleneckFiles());
    paths.put(Kept.Kind.MAPS, existing(bottlenecks.resolve(RunSettings.FINE_TUNING_FOLDER)));
    paths.put(Kept.Kind.DATASETS, unpacked());
    paths.put(Kept.Kind.BACKBONES, backboneFiles());
    List<Kept> kept = new ArrayList<>();
    for (Map.Entry<Kept.Kind, List<Path>> entry : paths.entrySet()) {
      if (!entry.getValue().isEmpty()) {
        kept.add(new Kept(entry.getKey(), entry.getValue(), bytes(entry.getValue())));
      }
    }
    return List.copyOf(kept);
  }

  private List<Path> leftovers() {
    return matching(cache.path(), LEFT).stream().filter(ScratchFolder::isLeft).toList();
  }

  private List<Path> bottleneckFiles() {
    Predicate<Path> isOurs = file -> BottleneckCache.isCacheFile(file.getFileName().toString());
    return matching(bottlenecks, "*").stream().filter(isOurs).toList();
  }

  private List<Path> unpacked() {
    return matching(datasets, "*").stream()
        .filter(folder -> UNPACKED.matcher(folder.getFileName().toString()).matches())
        .filter(ImageDirectory::isUnpackedSet)
        .toList();
  }

  private List<Path> backboneFiles() {
    List<Path> files = new ArrayList<>();
    for (KnownBackbone backbone : KnownBackbone.in(backbones)) {
      backbone.file().ifPresent(files::add);
      backbone.file().map(HashRecord::recordOf).ifPresent(files::add);
    }
    return files;
  }

  private static List<Path> existing(Path folder) {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) ? List.of(folder) : List.of();
  }

  private static List<Path> matching(Path folder, String pattern) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
      entries.forEach(found::add);
    } catch (IOException e) {
      throw PupilException.badInput(folder + " cannot be read: " + Reason.of(e), e);
    }
    found.sort(null);
    return found;
  }

  private static long bytes(List<Path> paths) {
    Size size = new Size();
    try {
      for (Path path : paths) {
        Files.walkFileTree(path, size);
      }
    } catch (IOException e) {
      throw PupilException.badInput("the disk cannot be read: " + Reason.of(e), e);
    }
    return size.bytes;
  }

  private static final class Size extends SimpleFileVisitor<Path> {
    private long bytes;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.size();
      return FileVisitResult.CONTINUE;
    }

    /** What is being deleted just now counts nothing. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }
}
