package org.pupil.bottleneck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pupil.bottleneck.BottleneckCache.Found;
import org.pupil.bottleneck.BottleneckCache.PhotoContent;
import org.pupil.photos.Photo;

/**
 * How many bottlenecks a second come out of a warm cache, from the opening of the cache to the
 * whole matrix; and how many go in, in batches of 32.
 *
 * <p>Arguments: an empty folder on the disk to measure, the length of a bottleneck, numbers of
 * photos. A line a number: the first call, the middle one of ten more, the highest resident memory
 * of the process until then.
 */
final class BottleneckCacheThroughput {
  private static final int BATCH = 32;
  private static final int CALLS = 10;
  private static final BottleneckKey KEY = Samples.KEY;

  private BottleneckCacheThroughput() {}

  public static void main(String[] arguments) throws IOException {
    int floats = Integer.parseInt(arguments[1]);
    for (String photos : Arrays.asList(arguments).subList(2, arguments.length)) {
      Path folder = Path.of(arguments[0]).resolve(floats + "-" + photos);
      measure(folder, floats, Integer.parseInt(photos));
    }
  }

  private static void measure(Path folder, int floats, int count) throws IOException {
    List<PhotoContent> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      read.add(
          Samples.read(
              String.format("/home/somebody/photos/flowers/label%d/photo_%08d_n.jpg", i % 5, i)));
    }
    String putRate = "-";
    if (!Files.exists(folder)) {
      long start = System.nanoTime();
      try (BottleneckCache cache = BottleneckCache.open(folder)) {
        for (int from = 0; from < count; from += BATCH) {
          Samples.put(cache, KEY, read.subList(from, Math.min(count, from + BATCH)), floats);
        }
      }
      putRate = String.format("%.0f", count / seconds(start));
    }
    List<Photo> photos = Samples.photos(read);
    double first = find(folder, photos);
    double[] more = new double[CALLS];
    for (int call = 0; call < CALLS; call++) {
      more[call] = find(folder, photos);
    }
    Arrays.sort(more);
    System.out.printf(
        "%d x %d: put %s/s, first %.3f s = %.0f/s, then %.3f s = %.0f/s, file %.0f MB, %s%n",
        count,
        floats,
        putRate,
        first,
        count / first,
        more[CALLS / 2],
        count / more[CALLS / 2],
        Files.size(folder.resolve("bottlenecks.db")) / 1e6,
        residentMemory());
  }

  private static double find(Path folder, List<Photo> photos) {
    long start = System.nanoTime();
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      Found found = cache.find(KEY, photos);
      if (found.foundCount() != photos.size()) {
        throw new IllegalStateException("only " + found.foundCount() + " found");
      }
    }
    return seconds(start);
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static String residentMemory() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "resident memory unknown";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("resident memory unknown")
        .replaceAll("\\s+", " ");
  }
}
