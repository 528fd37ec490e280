package org.pupil.bottleneck;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.pupil.bottleneck.BottleneckCache.PhotoContent;
import org.pupil.dataset.Photo;

/**
 * How many bottlenecks a second come out of a warm cache, from the opening of the cache to the
 * whole matrix; and how many go in, in batches of 32.
 *
 * <p>Arguments: an empty folder on the disk to measure, the length of a bottleneck, numbers of
 * photos. A line a number: the first call, the middle one and the fastest of ten more, the
 * processor time that the fastest took of its thread (on a busy machine the better measure), the
 * highest resident memory of the process until then.
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
    double first = find(folder, photos).seconds();
    List<Call> more = new ArrayList<>();
    for (int call = 0; call < CALLS; call++) {
      more.add(find(folder, photos));
    }
    more.sort(Comparator.comparingDouble(Call::seconds));
    System.out.printf(
        "%d x %d: put %s/s, found %.0f/s first, %.0f/s then, %.0f/s at best (%.3f s, thread %.3f s),"
            + " file %.0f MB, %s%n",
        count,
        floats,
        putRate,
        count / first,
        count / more.get(CALLS / 2).seconds(),
        count / more.get(0).seconds(),
        more.get(0).seconds(),
        more.get(0).threadSeconds(),
        Files.size(folder.resolve("bottlenecks.db")) / 1e6,
        residentMemory());
  }

  /** How long a call took, by the clock and by the processor time of its thread. */
  private record Call(double seconds, double threadSeconds) {}

  private static Call find(Path folder, List<Photo> photos) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = System.nanoTime();
    long threadStart = threads.getCurrentThreadCpuTime();
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      FoundBottlenecks found = cache.find(KEY, photos);
      if (found.foundCount() != photos.size()) {
        throw new IllegalStateException("only " + found.foundCount() + " found");
      }
    }
    return new Call(seconds(start), (threads.getCurrentThreadCpuTime() - threadStart) / 1e9);
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
