package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.pupil.bottleneck.CacheProcess.BATCH;
import static org.pupil.bottleneck.CacheProcess.FLOATS;
import static org.pupil.bottleneck.Samples.KEY;
import static org.pupil.bottleneck.Samples.bottleneck;
import static org.pupil.bottleneck.Samples.photos;
import static org.pupil.bottleneck.Samples.put;
import static org.pupil.bottleneck.Samples.read;
import static org.pupil.bottleneck.Samples.row;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.bottleneck.BottleneckCache.PhotoContent;

class BottleneckCacheProcessesTest {
  private static final String PUT = "put ";

  @TempDir Path folder;

  @Test
  void twoProcessesMayWriteAndReadAtOnce() throws Exception {
    int each = 30 * BATCH;
    try (CacheProcess other = CacheProcess.start(List.of(), folder, 0, each);
        BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThat(other.nextLine()).isEqualTo("open");
      for (int done = 0; done < each; done += BATCH) {
        // Photos of our own, and the same ones that the other process puts.
        put(cache, KEY, read(each + done, each + done + BATCH), FLOATS);
        put(cache, KEY, read(done, done + BATCH), FLOATS);
        assertThat(assertThatOnlyRightOnesAreFound(cache, each + done + BATCH))
            .isGreaterThanOrEqualTo(done + 2 * BATCH);
      }
      String last = null;
      for (String line = other.nextLine(); line != null; line = other.nextLine()) {
        last = line;
      }
      assertThat(last).isEqualTo(PUT + each);
      assertThat(assertThatOnlyRightOnesAreFound(cache, 2 * each)).isEqualTo(2 * each);
    }
  }

  @Test
  void whatWasPutBeforeAKillIsThere() throws Exception {
    int reported = 0;
    for (int round = 1; round <= 3; round++) {
      try (CacheProcess process =
          CacheProcess.start(List.of(), folder, reported, Integer.MAX_VALUE / 2)) {
        int enough = reported + (5 + 7 * round) * BATCH;
        String line = process.nextLine();
        assertThat(line).isEqualTo("open");
        while (reported < enough) {
          reported = reportedBy(process.nextLine());
        }
        process.kill();
        // What it had said before it was killed but was not yet read.
        for (line = process.nextLine(); line != null && isReport(line); line = process.nextLine()) {
          reported = reportedBy(line);
        }
      }
      try (BottleneckCache cache = BottleneckCache.open(folder)) {
        int found = assertThatOnlyRightOnesAreFound(cache, reported + 2 * BATCH);
        assertThat(found).isBetween(reported, reported + BATCH);
        assertThat(cache.find(KEY, photos(read(0, reported))).foundCount()).isEqualTo(reported);
      }
      assertThatSqliteSeesNoDamage();
    }
  }

  /** A report that the kill cut in two does not count. */
  private static boolean isReport(String line) {
    return line.startsWith(PUT) && reportedBy(line) % BATCH == 0;
  }

  private static int reportedBy(String line) {
    assertThat(line).startsWith(PUT);
    return Integer.parseInt(line.substring(PUT.length()));
  }

  @Test
  void aDiskThatFailsKeepsWhatWasPutBefore() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell that can limit a file's size");
    // 512-byte blocks (1024 in some shells): the system refuses to make any file longer.
    List<String> limited = List.of("/bin/sh", "-c", "ulimit -f 8000; exec \"$@\"", "sh");
    int reported = 0;
    String last = null;
    try (CacheProcess process = CacheProcess.start(limited, folder, 0, 4000)) {
      for (String line = process.nextLine(); line != null; line = process.nextLine()) {
        last = line;
        if (line.startsWith(PUT)) {
          reported = reportedBy(line);
        }
      }
    }
    assertThat(last)
        .startsWith("UNAVAILABLE ")
        .contains(folder.resolve("bottlenecks.db").toString())
        .endsWith("give another bottleneckDir");
    assertThat(reported).isPositive();
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThat(assertThatOnlyRightOnesAreFound(cache, reported + BATCH)).isEqualTo(reported);
      put(cache, KEY, read(reported, reported + BATCH), FLOATS);
      assertThat(assertThatOnlyRightOnesAreFound(cache, reported + BATCH))
          .isEqualTo(reported + BATCH);
    }
  }

  /** How many of the photos 0 to {@code to} - 1 are found. */
  private static int assertThatOnlyRightOnesAreFound(BottleneckCache cache, int to) {
    List<PhotoContent> read = read(0, to);
    FoundBottlenecks found = cache.find(KEY, photos(read));
    assertThat(found.damaged()).isZero();
    for (int i = 0; i < to; i++) {
      float[] row = row(found, i);
      if (row != null) {
        assertThat(row).isEqualTo(bottleneck(KEY, read.get(i).content(), FLOATS));
      }
    }
    return found.foundCount();
  }

  private void assertThatSqliteSeesNoDamage() throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bottlenecks.db"));
        var statement = connection.createStatement();
        var result = statement.executeQuery("PRAGMA integrity_check")) {
      assertThat(result.getString(1)).isEqualTo("ok");
    }
  }
}
