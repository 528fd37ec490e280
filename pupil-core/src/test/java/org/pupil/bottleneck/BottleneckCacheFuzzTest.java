package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pupil.bottleneck.Samples.KEY;
import static org.pupil.bottleneck.Samples.bottleneck;
import static org.pupil.bottleneck.Samples.photos;
import static org.pupil.bottleneck.Samples.put;
import static org.pupil.bottleneck.Samples.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.pupil.bottleneck.BottleneckCache.PhotoContent;
import org.pupil.errors.PupilException;

/** Files that are damaged anywhere: the answer is right, or absent, or an error for a person. */
class BottleneckCacheFuzzTest {
  private static final int PAGE = 4096;
  private static final int FLOATS = 300;
  private static final List<PhotoContent> READ = read(0, 40);

  private static Path folder;
  private static Path file;
  private static byte[] intact;

  @BeforeContainer
  static void fill() throws IOException {
    folder = Files.createTempDirectory("cache");
    file = folder.resolve("bottlenecks.db");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, READ, FLOATS);
    }
    intact = Files.readAllBytes(file);
  }

  @AfterContainer
  static void remove() throws IOException {
    clear();
    Files.delete(folder);
  }

  private static void clear() throws IOException {
    for (String name : List.of("bottlenecks.db", "bottlenecks.db-wal", "bottlenecks.db-shm")) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  @Property(tries = 60)
  void flippedBitsAnywhere(@ForAll Random random, @ForAll @IntRange(min = 1, max = 40) int flips)
      throws IOException {
    byte[] damaged = intact.clone();
    for (int i = 0; i < flips; i++) {
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    }
    assertThatNothingWrongIsFoundIn(damaged, random);
  }

  /** The first page holds the header and the schema, and a page's first bytes its structure. */
  @Property(tries = 60)
  void bytesOverwrittenWhereTheStructureIs(
      @ForAll Random random, @ForAll @IntRange(max = 200) int offset, @ForAll byte value)
      throws IOException {
    byte[] damaged = intact.clone();
    damaged[PAGE * random.nextInt(damaged.length / PAGE) + offset] = value;
    assertThatNothingWrongIsFoundIn(damaged, random);
  }

  @Property(tries = 20)
  void aFileCutAnywhere(@ForAll Random random) throws IOException {
    assertThatNothingWrongIsFoundIn(Arrays.copyOf(intact, random.nextInt(intact.length)), random);
  }

  private static void assertThatNothingWrongIsFoundIn(byte[] damaged, Random random)
      throws IOException {
    clear();
    Files.write(file, damaged);
    BottleneckCache cache;
    try {
      cache = BottleneckCache.open(folder);
    } catch (PupilException e) {
      assertThat(e).hasMessageContaining(file.toString()).hasMessageContaining("bottleneckDir");
      return;
    }
    try (cache) {
      assertThatNothingIsWrong(cache.find(KEY, photos(READ)));
      List<ContentHash> contents = READ.stream().map(PhotoContent::content).toList();
      assertThatNothingIsWrong(cache.findContents(KEY, contents));
      // Not always, because it waits for the disk.
      if (random.nextInt(4) == 0) {
        put(cache, KEY, READ.subList(10, 20), FLOATS);
        assertThatNothingIsWrong(cache.find(KEY, photos(READ)));
      }
    } catch (PupilException e) {
      assertThat(e).hasMessageContaining(file.toString());
    }
  }

  private static void assertThatNothingIsWrong(FoundBottlenecks found) {
    for (int i = 0; i < READ.size(); i++) {
      ContentHash content = READ.get(i).content();
      assertThat(found.content(i).orElse(content)).isEqualTo(content);
      if (found.hasBottleneck(i)) {
        assertThat(found.bottlenecks().orElseThrow().row(i))
            .containsExactly(bottleneck(KEY, content, FLOATS));
      }
    }
  }
}
