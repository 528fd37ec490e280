package org.pupil.bottleneck;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pupil.bottleneck.BottleneckCache.PhotoContent;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFile;

/** Photos, keys and bottlenecks to put into caches. The photos' files need not exist. */
final class Samples {
  static final long LONG_AGO = 1_500_000_000_123L;
  static final long READ_AT = 1_700_000_000_456L;
  static final BottleneckKey KEY =
      new BottleneckKey("ab".repeat(32), "288x288 mean 127 std 128 layer features float32");

  private Samples() {}

  static BottleneckKey key(String preprocessing) {
    return new BottleneckKey("cd".repeat(32), preprocessing);
  }

  static ContentHash content(String text) {
    return ContentHash.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Photo photo(String path) {
    return photo(path, 1000 + path.length(), LONG_AGO);
  }

  static Photo photo(String path, long size, long modifiedMillis) {
    return new Photo(new PhotoFile(Path.of(path), size, modifiedMillis), path.substring(1), 0);
  }

  static PhotoFile file(Photo photo) {
    return photo.source().file().orElseThrow();
  }

  /** A photo whose content is named by its path. */
  static PhotoContent read(String path) {
    return new PhotoContent(photo(path), content(path), READ_AT);
  }

  static List<PhotoContent> read(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> read("/photos/cat/" + i + ".jpg")).toList();
  }

  static List<Photo> photos(List<PhotoContent> read) {
    return read.stream().map(PhotoContent::photo).toList();
  }

  /** Numbers that depend on the key and the content, and so show whose they are. */
  static float[] bottleneck(BottleneckKey key, ContentHash content, int floats) {
    long state = key.digest().first() ^ content.second();
    float[] row = new float[floats];
    for (int i = 0; i < floats; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      row[i] = (state >> 40) / 1000f;
    }
    return row;
  }

  static Bottlenecks bottlenecks(BottleneckKey key, List<PhotoContent> read, int floats) {
    List<float[]> rows = new ArrayList<>();
    read.forEach(photo -> rows.add(bottleneck(key, photo.content(), floats)));
    return Bottlenecks.of(rows.toArray(float[][]::new));
  }

  static void put(BottleneckCache cache, BottleneckKey key, List<PhotoContent> read, int floats) {
    cache.put(key, read, bottlenecks(key, read, floats));
  }

  /** The row that was found, or null. */
  static float[] row(FoundBottlenecks found, int photo) {
    return found.hasBottleneck(photo) ? found.bottlenecks().orElseThrow().row(photo) : null;
  }
}
