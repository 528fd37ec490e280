package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
import org.pupil.engine.Engines;
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
    return new BackboneCatalog(
            DownloadAddresses.mirror(URI.create("http://127.0.0.1:9/")),
            Map.of(),
            DownloadListener.silent())
        .resolve(BackboneRequest.architecture("mobilenet_0.25_224", folder));
  }

  private static BottleneckComputer computer(Backbone backbone, BottleneckCache cache) {
    return new BottleneckComputer(
        Engines.auto(), backbone, Alpha.WHITE, Precision.FLOAT32, cache, 1, Clock.systemUTC());
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

  private static Photo inMemory(String name, byte[] content) {
    return new Photo(PhotoSource.bytes(name, content), "cat/" + name, 0);
  }
}
