package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFile;
import org.pupil.dataset.PhotoSource;
import org.pupil.dataset.UndecodableImageException;
import org.pupil.errors.PupilException;
import org.pupil.graph.TinyGraph;
import org.pupil.images.Alpha;

class BottleneckComputerTest {
  private static final BottleneckComputer.Listener SILENT =
      new BottleneckComputer.Listener() {
        @Override
        public void started(int photos, int cached) {}

        @Override
        public void advanced(int done) {}

        @Override
        public void finished() {}
      };

  @TempDir Path folder;

  private Backbone backbone() {
    return catalog().resolve(BackboneRequest.architecture("mobilenet_0.25_224", folder));
  }

  private static BackboneCatalog catalog() {
    return new BackboneCatalog(
        DownloadAddresses.mirror(URI.create("http://127.0.0.1:9/")),
        Map.of(),
        DownloadListener.silent());
  }

  private static BottleneckComputer computer(Backbone backbone, BottleneckCache cache) {
    return computer(backbone, cache, Clock.systemUTC());
  }

  private static BottleneckComputer computer(
      Backbone backbone, BottleneckCache cache, Clock clock) {
    return new BottleneckComputer(backbone, Alpha.WHITE, Precision.FLOAT32, cache, 1, clock);
  }

  private Photo photo() throws IOException {
    Path file = folder.resolve("lossy.webp");
    try (var in = getClass().getResourceAsStream("/org/pupil/images/lossy.webp")) {
      Files.write(file, in.readAllBytes());
    }
    return new Photo(
        new PhotoFile(file, Files.size(file), Files.getLastModifiedTime(file).toMillis() - 60_000),
        "cat/lossy.webp",
        0);
  }

  /** The decoder of version 1 made wrong pixels of WebP files. */
  @Test
  void whatIsInTheCacheFromAnOlderDecoderIsComputedAnew() throws IOException {
    Photo photo = photo();
    Backbone backbone = backbone();
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      BottleneckComputer computer = computer(backbone, cache);
      String today = BottleneckKey.of(backbone, Alpha.WHITE, Precision.FLOAT32).preprocessing();
      BottleneckKey old =
          new BottleneckKey(
              backbone.sha256(), today.substring(0, today.indexOf(" decoder ")) + " decoder 1");
      ContentHash content = ContentHash.of(photo.source().read());
      cache.put(
          old,
          List.of(new BottleneckCache.PhotoContent(photo, content, System.currentTimeMillis())),
          Bottlenecks.zeros(1, backbone.bottleneckSize()));

      PhotoBottlenecks computed = computer.compute(List.of(photo), SILENT);

      assertThat(computed.computed()).isEqualTo(1);
      assertThat(computed.bottlenecks().row(0)).isNotEqualTo(new float[backbone.bottleneckSize()]);
      assertThat(computer.compute(List.of(photo), SILENT).computed()).isZero();
    }
  }

  /** The photos cannot be told of, and then not be remembered either: the first is the reason. */
  @Test
  void whatWentWrongFirstIsSaidEvenIfNothingCanBeSavedThen() throws IOException {
    Photo photo = photo();
    Backbone backbone = backbone();
    BottleneckCache.PhotoContent other =
        new BottleneckCache.PhotoContent(photo, ContentHash.of(new byte[1]), 0);
    BottleneckCache cache = BottleneckCache.open(folder);
    Clock still = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC); // nothing is saved meanwhile
    BottleneckComputer.Listener failing =
        new BottleneckComputer.Listener() {
          @Override
          public void started(int photos, int cached) {}

          @Override
          public void advanced(int done) {
            BottleneckKey key = BottleneckKey.of(backbone, Alpha.WHITE, Precision.FLOAT32);
            cache.put(key, List.of(other), Bottlenecks.zeros(1, 3)); // shorter than all others
            throw new IllegalArgumentException("the first");
          }

          @Override
          public void finished() {}
        };

    assertThatThrownBy(() -> computer(backbone, cache, still).compute(List.of(photo), failing))
        .hasMessageContaining("the first")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    cache.close();
  }

  /** A photo that is no file has no path by which the cache could know it. */
  @Test
  void aPhotoInMemoryIsFoundByItsContent() throws IOException {
    byte[] content = photo().source().read();
    Backbone backbone = backbone();
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      BottleneckComputer computer = computer(backbone, cache);
      PhotoBottlenecks first = computer.compute(List.of(inMemory("a", content)), SILENT);
      assertThat(first.computed()).isEqualTo(1);
      assertThat(first.content(0)).isEqualTo(ContentHash.of(content));

      PhotoBottlenecks again = computer.compute(List.of(inMemory("b", content)), SILENT);
      assertThat(again.computed()).isZero();
      assertThat(again.bottlenecks().row(0)).isEqualTo(first.bottlenecks().row(0));
      assertThat(computer.compute(List.of(photo()), SILENT).computed()).isZero();
    }
  }

  /** Writes down what it hears. */
  private static final class Heard implements BottleneckComputer.Listener {
    final List<String> calls = new ArrayList<>();

    @Override
    public void started(int photos, int cached) {
      calls.add("started " + photos + ", " + cached + " cached");
    }

    @Override
    public void advanced(int done) {
      calls.add("advanced " + done);
    }

    @Override
    public void finished() {
      calls.add("finished");
    }
  }

  @Test
  void onlyWhatIsMissingIsComputedAndTheListenerHearsOfIt() throws IOException {
    Photo red = file("red.png", Color.RED);
    Photo blue = file("blue.png", Color.BLUE);
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      BottleneckComputer computer = computer(backbone(), cache);
      PhotoBottlenecks first = computer.compute(List.of(red), SILENT);

      Heard heard = new Heard();
      PhotoBottlenecks both = computer.compute(List.of(blue, red), heard);
      assertThat(heard.calls).containsExactly("started 2, 1 cached", "advanced 1", "finished");
      assertThat(both.computed()).isEqualTo(1);
      assertThat(both.photos()).containsExactly(blue, red);
      assertThat(both.failures()).isEmpty();
      assertThat(both.content(0)).isEqualTo(ContentHash.of(blue.source().read()));
      assertThat(both.content(1)).isEqualTo(ContentHash.of(red.source().read()));
      assertThat(both.bottlenecks().row(0)).isNotEqualTo(both.bottlenecks().row(1));
      assertThat(both.bottlenecks().row(1)).isEqualTo(first.bottlenecks().row(0));

      Heard again = new Heard();
      assertThat(computer.compute(List.of(blue, red), again).computed()).isZero();
      assertThat(again.calls).isEmpty();
    }
  }

  @Test
  void aCopyIsReadButNotComputedAndItsPathIsRememberedThen() throws IOException {
    Photo original = file("red.png", Color.RED);
    Photo copy = file("copy.png", Color.RED);
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      BottleneckComputer computer = computer(backbone(), cache);
      PhotoBottlenecks first = computer.compute(List.of(original), SILENT);

      Heard heard = new Heard();
      PhotoBottlenecks second = computer.compute(List.of(copy), heard);
      assertThat(heard.calls).containsExactly("started 1, 0 cached", "advanced 1", "finished");
      assertThat(second.computed()).isZero();
      assertThat(second.bottlenecks().row(0)).isEqualTo(first.bottlenecks().row(0));

      Heard again = new Heard();
      computer.compute(List.of(copy), again);
      assertThat(again.calls).isEmpty();
    }
  }

  @Test
  void aPhotoThatCannotBeReadIsLeftOutWithItsReason() throws IOException {
    Photo red = file("red.png", Color.RED);
    Photo blue = file("blue.png", Color.BLUE);
    PhotoSource gone =
        PhotoSource.of(
            "gone.png",
            () -> {
              throw new UndecodableImageException("its card was pulled out");
            });
    Photo unreadable = new Photo(gone, "cat/gone.png", 0);
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      BottleneckComputer computer = computer(backbone(), cache);
      PhotoBottlenecks good = computer.compute(List.of(red), SILENT);

      Heard heard = new Heard();
      PhotoBottlenecks some = computer.compute(List.of(blue, unreadable, red), heard);
      assertThat(heard.calls).startsWith("started 3, 1 cached").endsWith("advanced 2", "finished");
      assertThat(some.photos()).containsExactly(blue, red);
      assertThat(some.failures())
          .containsExactly(new PhotoBottlenecks.Failure(unreadable, "its card was pulled out"));
      assertThat(some.computed()).isEqualTo(1);
      assertThat(some.bottlenecks().size()).isEqualTo(2);
      assertThat(some.bottlenecks().row(1)).isEqualTo(good.bottlenecks().row(0));
      assertThat(some.content(0)).isEqualTo(ContentHash.of(blue.source().read()));
      assertThat(some.content(1)).isEqualTo(good.content(0));
    }
  }

  @Test
  void eachPhotoOfABatchHasItsOwnBottleneck() throws IOException {
    List<Photo> photos = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      photos.add(inMemory(i + ".png", png(new Color(28 * i, 255 - 28 * i, 128))));
    }
    Backbone backbone = backbone();
    try (BottleneckCache together = BottleneckCache.open(folder.resolve("together"));
        BottleneckCache alone = BottleneckCache.open(folder.resolve("alone"))) {
      Bottlenecks all = computer(backbone, together).compute(photos, SILENT).bottlenecks();
      for (int i : new int[] {0, 1, 7, 8}) {
        Bottlenecks one =
            computer(backbone, alone).compute(List.of(photos.get(i)), SILENT).bottlenecks();
        assertThat(all.row(i)).containsExactly(one.row(0), within(1e-4f));
      }
      assertThat(all.row(0)).isNotEqualTo(all.row(8));
    }
  }

  // --- what a kill may lose

  private static final int BATCH = 8;

  /** The root of a pixel that is darker than the mean is no number. */
  @Test
  void numbersThatAreNotFiniteEndItWithThePhotosName() throws IOException {
    Path file = folder.resolve("roots.pb");
    Files.write(
        file,
        new TinyGraph()
            .images("in", -1, 8, 8)
            .node("Rsqrt", "roots", "in")
            .ints("axes", 1, 2)
            .mean("pooled", "roots", "axes", false)
            .build()
            .toByteArray());
    Backbone backbone =
        catalog()
            .resolve(
                BackboneRequest.architecture(file.toString(), folder)
                    .withLayers(Optional.of("in"), Optional.of("pooled"))
                    .withSize(8, 8)
                    .withScaling(200, 1));
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThatThrownBy(() -> computer(backbone, cache).compute(List.of(photo()), SILENT))
          .isInstanceOf(PupilException.class)
          .hasMessageContaining("the backbone gives numbers that are not finite (NaN) for ")
          .hasMessageContaining("lossy.webp");
    }
  }

  /** A clock that a test sets. */
  private static final class SetClock extends Clock {
    final AtomicLong millis = new AtomicLong(1_700_000_000_000L);

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis.get());
    }
  }

  /**
   * How many photos are in the cache each time the listener hears of a batch.
   *
   * @param pauses how many milliseconds pass after each batch
   */
  private List<Integer> savedAfterEachBatch(int photos, long... pauses) throws IOException {
    List<Photo> all = new ArrayList<>();
    List<ContentHash> contents = new ArrayList<>();
    for (int i = 0; i < photos; i++) {
      byte[] png = png(new Color(i, i, 255 - i));
      all.add(inMemory(i + ".png", png));
      contents.add(ContentHash.of(png));
    }
    SetClock clock = new SetClock();
    List<Integer> saved = new ArrayList<>();
    Backbone backbone = backbone();
    BottleneckKey key = BottleneckKey.of(backbone, Alpha.WHITE, Precision.FLOAT32);
    try (BottleneckCache cache = BottleneckCache.open(folder);
        BottleneckCache other = BottleneckCache.open(folder)) {
      BottleneckComputer.Listener looking =
          new BottleneckComputer.Listener() {
            @Override
            public void started(int photos, int cached) {}

            @Override
            public void advanced(int done) {
              saved.add(other.findContents(key, contents).foundCount());
              int batch = done / BATCH - 1;
              clock.millis.addAndGet(batch < pauses.length ? pauses[batch] : 0);
            }

            @Override
            public void finished() {
              saved.add(other.findContents(key, contents).foundCount());
            }
          };
      computer(backbone, cache, clock).compute(all, looking);
      assertThat(other.thumbnails(contents)).noneMatch(thumbnail -> thumbnail.length == 0);
    }
    return saved;
  }

  @Test
  void whatIsComputedIsInTheCacheATenthOfASecondLater() throws IOException {
    assertThat(savedAfterEachBatch(5 * BATCH, 100, 99, 1, 0))
        .containsExactly(0, 16, 16, 32, 32, 40);
  }

  @Test
  void neverAreMoreThan64PhotosOnlyInMemory() throws IOException {
    assertThat(savedAfterEachBatch(9 * BATCH)).containsExactly(0, 0, 0, 0, 0, 0, 0, 64, 64, 72);
  }

  private static byte[] png(Color color) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 16; i++) {
      image.setRGB(i % 4, i / 4, color.getRGB());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private Photo file(String name, Color color) throws IOException {
    Path file = Files.write(folder.resolve(name), png(color));
    return new Photo(
        new PhotoFile(file, Files.size(file), Files.getLastModifiedTime(file).toMillis() - 60_000),
        "cat/" + name,
        0);
  }

  private static Photo inMemory(String name, byte[] content) {
    return new Photo(PhotoSource.bytes(name, content), "cat/" + name, 0);
  }
}
