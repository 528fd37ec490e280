package org.pupil.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.BottleneckCache;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.bottleneck.BottleneckKey;
import org.pupil.bottleneck.Bottlenecks;
import org.pupil.bottleneck.ContentHash;
import org.pupil.bottleneck.Precision;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFolder;
import org.pupil.images.Alpha;
import org.pupil.images.ThumbnailMaker;

/**
 * What a warm start costs, and how it grows with the number of photos. The bottlenecks are random
 * numbers, the thumbnails random pictures, and the photos are files that nobody opens.
 */
final class CacheBenchmark {
  private static final int BATCH = 1000;

  /** Rows and columns of patches in a thumbnail. */
  private static final int PATCHES = 6;

  private final Program program;
  private final Path scratch;
  private final int labels;

  CacheBenchmark(Program program, Path scratch, int labels) {
    this.program = program;
    this.scratch = scratch;
    this.labels = labels;
  }

  private Path folder(int photos) {
    return scratch.resolve("cached" + photos);
  }

  /** Makes as many photos with their bottlenecks in a cache. */
  void fill(Backbone backbone, int photos) throws IOException {
    Path images = folder(photos).resolve("photos");
    for (int label = 0; label < labels; label++) {
      Files.createDirectories(images.resolve("label" + label));
    }
    for (int i = 0; i < photos; i++) {
      Path file = images.resolve("label" + i % labels).resolve(i + ".jpg");
      Files.write(file, ("photo " + i).getBytes(StandardCharsets.UTF_8));
    }
    List<Photo> found = PhotoFolder.scan(images, LabelRule.FOLDER).photos();
    try (BottleneckCache cache = BottleneckCache.open(folder(photos).resolve("bottlenecks"))) {
      BottleneckKey key = BottleneckKey.of(backbone, Alpha.WHITE, Precision.FLOAT32);
      for (int from = 0; from < photos; from += BATCH) {
        put(backbone, cache, key, found.subList(from, Math.min(from + BATCH, photos)));
      }
    }
  }

  /** Clusters that overlap, so that there is something to learn but not too easily. */
  private static void put(
      Backbone backbone, BottleneckCache cache, BottleneckKey key, List<Photo> photos) {
    float[][] rows = new float[photos.size()][backbone.bottleneckSize()];
    List<BottleneckCache.PhotoContent> contents = new ArrayList<>();
    List<byte[]> thumbnails = new ArrayList<>();
    ThumbnailMaker maker = new ThumbnailMaker(backbone.input());
    // Long after the files were written, so that their times are trusted.
    long readAt = System.currentTimeMillis() + 60_000;
    for (int i = 0; i < rows.length; i++) {
      Photo photo = photos.get(i);
      Random random = new Random(photo.name().hashCode());
      for (int j = 0; j < rows[i].length; j++) {
        float centre = j % 7 == photo.label() ? 0.3f : 0;
        rows[i][j] = Math.max(0, centre + (float) random.nextGaussian() * 0.5f);
      }
      ContentHash hash = ContentHash.of(photo.name().getBytes(StandardCharsets.UTF_8));
      contents.add(new BottleneckCache.PhotoContent(photo, hash, readAt));
      thumbnails.addAll(maker.code(List.of(picture(random))));
    }
    cache.put(key, contents, Bottlenecks.of(rows), thumbnails);
  }

  /** Patches of random colours: levels of red, green and blue. */
  private static byte[] picture(Random random) {
    byte[] colours = new byte[PATCHES * PATCHES * 3];
    random.nextBytes(colours);
    byte[] levels = new byte[ThumbnailMaker.SIDE * ThumbnailMaker.SIDE * 3];
    int patch = ThumbnailMaker.SIDE / PATCHES;
    for (int y = 0; y < ThumbnailMaker.SIDE; y++) {
      for (int x = 0; x < ThumbnailMaker.SIDE; x++) {
        int from = 3 * (y / patch * PATCHES + x / patch);
        System.arraycopy(colours, from, levels, 3 * (y * ThumbnailMaker.SIDE + x), 3);
      }
    }
    return levels;
  }

  /** Bottlenecks read a second: the cache opened, asked, closed. */
  Row warm(Backbone backbone, int photos, String goal) throws Exception {
    List<Photo> found =
        PhotoFolder.scan(folder(photos).resolve("photos"), LabelRule.FOLDER).photos();
    double seconds =
        Timing.medianSeconds(
            5,
            () -> {
              try (BottleneckCache cache =
                  BottleneckCache.open(folder(photos).resolve("bottlenecks"))) {
                new BottleneckComputer(
                        backbone, Alpha.WHITE, Precision.FLOAT32, cache, 1, Clock.systemUTC())
                    .compute(found, Silence.BOTTLENECKS);
              }
            });
    return Row.alone(
        String.format(
            Locale.ROOT, "warm cache, %,d photos of %d numbers", photos, backbone.bottleneckSize()),
        Row.perSecond(photos / seconds),
        goal);
  }

  /** The whole of {@code evaluate} on the cached photos: cross-validation and learning curve. */
  Program.Run evaluate(String architecture, int photos) throws Exception {
    return program.run(
        "evaluate",
        "--image_dir=" + folder(photos).resolve("photos"),
        "--architecture=" + architecture,
        "--bottleneck_dir=" + folder(photos).resolve("bottlenecks"));
  }

  /** The whole of {@code tune} with its own space: a search in a folder of its own. */
  Program.Run tune(String architecture, int photos, int trials) throws Exception {
    return program.run(
        "tune",
        "--image_dir=" + folder(photos).resolve("photos"),
        "--architecture=" + architecture,
        "--bottleneck_dir=" + folder(photos).resolve("bottlenecks"),
        "--trials=" + trials);
  }

  /** The whole program on the cached photos. */
  Program.Run retrain(String architecture, int photos, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "retrain",
                "--image_dir=" + folder(photos).resolve("photos"),
                "--architecture=" + architecture,
                "--bottleneck_dir=" + folder(photos).resolve("bottlenecks"),
                "--summaries_dir=" + folder(photos).resolve("logs"),
                "--output_graph=" + folder(photos).resolve("graph.pb"),
                "--output_labels=" + folder(photos).resolve("labels.txt")));
    arguments.addAll(List.of(more));
    return program.run(arguments.toArray(String[]::new));
  }
}
