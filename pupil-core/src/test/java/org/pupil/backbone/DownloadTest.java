package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.backbone.Run.Images;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.backbone.fetch.TarFile;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.files.Sha256;
import org.pupil.graph.TinyGraph;

/** Archives in the official layouts, made of tiny graphs, from a server on this machine. */
class DownloadTest {
  private static final String NEW = "/models/mobilenet_v1_2018_08_02/mobilenet_v1_0.5_224.tgz";
  private static final String OLD = "/models/mobilenet_v1_0.50_224_frozen.tgz";
  private static final String HUB =
      "/hub/google/imagenet/mobilenet_v1_075_160/feature_vector/1.tar.gz";

  @TempDir Path temporary;
  private Path modelDir;
  private ArchiveServer server;

  @BeforeEach
  void start() throws IOException {
    modelDir = temporary.resolve("deep/model_dir");
    server = ArchiveServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] graph(float scale) {
    return TinyGraph.mobileNet(scale).toByteArray();
  }

  /** As of 2018: the graph and, before it, what training leaves. */
  private static byte[] newLayout(float scale) {
    byte[] checkpoint = new byte[300_000];
    new Random(5).nextBytes(checkpoint);
    return new TarFile()
        .file("./mobilenet_v1_0.5_224.ckpt.data-00000-of-00001", checkpoint)
        .file("./mobilenet_v1_0.5_224_frozen.pb", graph(scale))
        .gzipBytes();
  }

  private static byte[] oldLayout(float scale) {
    return new TarFile()
        .file("mobilenet_v1_0.50_224/quantized_graph.pb", new byte[] {1})
        .file("mobilenet_v1_0.50_224/frozen_graph.pb", graph(scale))
        .gzipBytes();
  }

  private Backbone resolve() {
    return resolve(Catalogs.at(server.address()));
  }

  private Backbone resolve(BackboneCatalog catalog) {
    return catalog.resolve(BackboneRequest.architecture("mobilenet_0.5_224", modelDir));
  }

  private static void assertScale(Backbone backbone, float scale) {
    Images images = Images.counted(2, 224, 224);
    float[] expected = images.means();
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= scale;
    }
    assertThat(Run.backbone(backbone, images)).containsExactly(expected, within(1e-3f));
  }

  private List<String> left() throws IOException {
    if (!Files.exists(modelDir)) {
      return List.of(); // what was made for what did not come is taken away again
    }
    try (Stream<Path> files = Files.walk(modelDir)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> modelDir.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void theNewArchiveIsFetchedOnceAndUsedEverAfter() throws IOException {
    server.file(NEW, newLayout(3));

    assertScale(resolve(), 3);
    assertScale(resolve(Catalogs.offline()), 3);

    assertThat(server.requests).containsExactly(NEW);
    assertThat(left())
        .containsExactly(
            "mobilenet_v1_0.5_224.tgz",
            "mobilenet_v1_0.5_224.tgz.sha256",
            "mobilenet_v1_0.5_224_frozen.pb",
            "mobilenet_v1_0.5_224_frozen.pb.sha256");
  }

  @Test
  void theOldArchiveIsTriedWhereTheNewOneIsNotThere() throws IOException {
    server.file(OLD, oldLayout(2));

    Backbone backbone = resolve();

    assertScale(backbone, 2);
    assertThat(backbone.sha256()).isEqualTo(Sha256.of(graph(2)));
    assertThat(server.requests).containsExactly(NEW, OLD);
    assertThat(left()).contains("mobilenet_v1_0.50_224/frozen_graph.pb");
  }

  @Test
  void aRedirectIsFollowed() {
    server.redirect(NEW, "/elsewhere").file("/elsewhere", newLayout(4));

    assertScale(resolve(), 4);
  }

  @Test
  void aCutConnectionIsGoneOnWithInTheSameRun() {
    byte[] archive = newLayout(3);
    server.file(NEW, archive);
    server.cutAfter = 100_000;
    server.cuts.set(2);

    assertScale(resolve(), 3);

    // What was sent last may not have arrived when the connection was cut.
    assertThat(server.requests).hasSize(3).startsWith(NEW);
    int second = beginning(server.requests.get(1));
    assertThat(second).isBetween(1, 100_000);
    assertThat(beginning(server.requests.get(2))).isBetween(second + 1, second + 100_000);
  }

  private static int beginning(String request) {
    assertThat(request).startsWith(NEW + " bytes=").endsWith("-");
    return Integer.parseInt(request.substring((NEW + " bytes=").length(), request.length() - 1));
  }

  @Test
  void aDownloadThatWasGivenUpIsGoneOnWithInTheNextRun() throws IOException {
    byte[] archive = newLayout(3);
    halfDownloaded(archive);
    server.file(NEW, archive);

    assertScale(resolve(), 3);

    assertThat(server.requests).containsExactly(NEW + " bytes=150000-");
  }

  @Test
  void aPartOfAnotherVersionIsThrownAway() throws IOException {
    halfDownloaded(newLayout(3));
    server.etag = "\"v2\"";
    server.file(NEW, newLayout(5));

    assertScale(resolve(), 5);
  }

  @Test
  void aServerThatKnowsNoRangesSendsAllAgain() throws IOException {
    byte[] archive = newLayout(3);
    halfDownloaded(archive);
    server.knowsRanges = false;
    server.file(NEW, archive);

    assertScale(resolve(), 3);
  }

  @Test
  void aPartThatIsLongerThanTheFileBeginsAnew() throws IOException {
    halfDownloaded(newLayout(3));
    byte[] shorter = new TarFile().file("mobilenet_v1_0.5_224_frozen.pb", graph(6)).gzipBytes();
    server.file(NEW, shorter);

    assertScale(resolve(), 6);
  }

  private void halfDownloaded(byte[] archive) throws IOException {
    Files.createDirectories(modelDir);
    Path part = modelDir.resolve("mobilenet_v1_0.5_224.tgz.part");
    Files.write(part, Arrays.copyOf(archive, 150_000));
    Files.writeString(
        part.resolveSibling(part.getFileName() + ".from"),
        server.address().resolve(NEW) + "\n\"v1\"\n");
  }

  @Test
  void aConnectionThatIsAlwaysCutAtOnceIsGivenUpAndWhatCameIsKept() throws IOException {
    server.file(NEW, newLayout(3));
    server.cutAfter = 0;
    halfDownloaded(newLayout(3));

    assertThatThrownBy(this::resolve)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("cut");
    assertThat(modelDir.resolve("mobilenet_v1_0.5_224.tgz.part")).hasSize(150_000);
    assertThat(modelDir.resolve("mobilenet_v1_0.5_224.tgz")).doesNotExist();
  }

  @Test
  void aServerThatFallsSilentIsNotWaitedForForEver() {
    server.file(NEW, newLayout(3));
    server.silentAfter = 0;

    assertThatThrownBy(
            () ->
                resolve(
                    Catalogs.at(
                        server.address(), DownloadListener.silent(), Duration.ofMillis(300))))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageMatching(".*the server (sent nothing|does not answer).*");
  }

  @Test
  void progressIsTold() {
    byte[] archive = newLayout(3);
    server.file(NEW, archive);
    server.cutAfter = 100_000;
    server.cuts.set(1);
    List<String> told = new CopyOnWriteArrayList<>();

    resolve(
        Catalogs.at(
            server.address(),
            new DownloadListener() {
              private long last;

              @Override
              public void started(String address, long doneBytes, OptionalLong totalBytes) {
                told.add("started " + doneBytes + " of " + totalBytes.orElse(-1));
                last = doneBytes;
              }

              @Override
              public void advanced(long doneBytes) {
                assertThat(doneBytes).isGreaterThan(last);
                last = doneBytes;
              }

              @Override
              public void finished() {
                told.add("finished " + last);
              }
            },
            Duration.ofSeconds(20)));

    assertThat(told)
        .containsExactly(
            "started 0 of " + archive.length,
            "started 100000 of " + archive.length,
            "finished " + archive.length);
  }

  @Test
  void withoutANetworkTheErrorSaysWhatNeedsNone() throws IOException {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
    URI nowhere = URI.create("http://127.0.0.1:" + closedPort + "/");

    assertThatThrownBy(() -> resolve(Catalogs.at(nowhere)))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessage(
            "mobilenet_0.50_224 cannot be downloaded from "
                + nowhere.resolve(NEW)
                + ": no connection to the server; without a network use architecture"
                + " efficientnet_lite0_288 or mobilenet_0.25_224, which are built in");
  }

  @Test
  void aServerWithoutTheFileIsNamedWithTheLastAddressTried() {
    assertThatThrownBy(this::resolve)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining(OLD + ": the server has no such file (HTTP 404)");
  }

  @Test
  void aWrongArchiveIsRefusedAndNotKept() throws IOException {
    server.file(NEW, new TarFile().file("readme.txt", new byte[] {1}).gzipBytes());

    assertThatThrownBy(this::resolve)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL))
        .hasMessageContaining("is a wrong one: it holds none of")
        .hasMessageContaining("mobilenet_v1_0.5_224_frozen.pb");
    assertThat(left()).isEmpty();
  }

  @Test
  void aDamagedAnUnsafeAndAShortArchiveAreRefusedAndNotKept() throws IOException {
    byte[] whole = newLayout(3);
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    byte[] unsafe =
        new TarFile()
            .file("mobilenet_v1_0.5_224_frozen.pb", graph(3))
            .file("../outside", new byte[] {1})
            .gzipBytes();
    byte[] page = "<html>Log in to this hotel's network</html>".getBytes(StandardCharsets.UTF_8);
    for (byte[] bad :
        List.of(damaged, unsafe, page, Arrays.copyOf(whole, whole.length - 1), new byte[1])) {
      server.file(NEW, bad);

      assertThatThrownBy(this::resolve)
          .isInstanceOfSatisfying(
              PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL))
          .hasMessageStartingWith("what came from " + server.address().resolve(NEW));
      assertThat(left()).isEmpty();
    }
    assertThat(temporary.resolve("deep/outside")).doesNotExist();

    server.file(NEW, whole);
    assertScale(resolve(), 3);
  }

  @Test
  void aGraphOrArchiveThatChangesAfterItsFirstUseIsAnError() throws IOException {
    server.file(NEW, newLayout(3));
    resolve();
    Path graph = modelDir.resolve("mobilenet_v1_0.5_224_frozen.pb");

    Files.write(graph, graph(4));
    assertThatThrownBy(this::resolve)
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL))
        .hasMessageContaining(graph + " has changed since it was first used")
        .hasMessageContaining(Sha256.of(graph(3)))
        .hasMessageContaining(Sha256.of(graph(4)));

    Files.delete(graph);
    Files.write(modelDir.resolve("mobilenet_v1_0.5_224.tgz"), newLayout(4));
    assertThatThrownBy(this::resolve).hasMessageContaining(".tgz has changed");
  }

  @Test
  void anArchiveThatWasPutThereByHandNeedsNoNetwork() throws IOException {
    Files.createDirectories(modelDir);
    Files.write(modelDir.resolve("mobilenet_v1_0.50_224_frozen.tgz"), oldLayout(7));

    assertScale(resolve(Catalogs.offline()), 7);
    assertThat(modelDir.resolve("mobilenet_v1_0.50_224_frozen.tgz.sha256")).exists();
  }

  @Test
  void aWrongArchiveThatWasPutThereByHandIsNamed() throws IOException {
    Files.createDirectories(modelDir);
    Path archive = modelDir.resolve("mobilenet_v1_0.5_224.tgz");
    new TarFile().file("readme.txt", new byte[] {1}).writeTo(archive);

    assertThatThrownBy(this::resolve)
        .hasMessageStartingWith(archive + " is a wrong archive: it holds none of");
  }

  @Test
  void weightsForAnotherSizeAreTakenFromModelDirAndElseFromTheProgram() throws IOException {
    BackboneRequest request = BackboneRequest.architecture("mobilenet_0.25_160", modelDir);
    assertThat(Catalogs.offline().resolve(request).sha256())
        .isEqualTo(EmbeddedGraph.MOBILENET_025.sha256());

    Files.createDirectories(modelDir);
    Files.write(modelDir.resolve("mobilenet_v1_0.25_160_frozen.pb"), graph(2));
    assertThat(Catalogs.offline().resolve(request).sha256()).isEqualTo(Sha256.of(graph(2)));

    Files.write(modelDir.resolve("mobilenet_v1_0.25_224_frozen.pb"), graph(2));
    assertThat(
            Catalogs.offline()
                .resolve(BackboneRequest.architecture("mobilenet_0.25_224", modelDir))
                .sha256())
        .isEqualTo(EmbeddedGraph.MOBILENET_025.sha256());
  }

  @Test
  void anAddressOfTfhubDevLeadsToWhereItsArchiveLiesToday() throws IOException {
    server.file(HUB, TarFile.ofFolder(SavedModelFreezerTest.model("tf1_hub"), "./").gzipBytes());
    String address = "https://tfhub.dev/google/imagenet/mobilenet_v1_075_160/feature_vector/1";
    BackboneCatalog catalog = Catalogs.at(server.address());

    Backbone backbone = catalog.resolve(BackboneRequest.hubModule(address, modelDir));
    Backbone again = catalog.resolve(BackboneRequest.hubModule(address + "/", modelDir));
    catalog.resolve(BackboneRequest.hubModule(address + "?tf-hub-format=compressed", modelDir));

    assertThat(backbone.name()).isEqualTo(address);
    assertThat(backbone.bottleneckSize()).isEqualTo(4);
    assertThat(again.fingerprint()).isEqualTo(backbone.fingerprint());
    assertThat(server.requests).containsExactly(HUB);
    assertThat(left())
        .containsExactly(
            "google~imagenet~mobilenet_v1_075_160~feature_vector~1.tar.gz",
            "google~imagenet~mobilenet_v1_075_160~feature_vector~1.tar.gz.sha256");
  }

  @Test
  void theAddressOfAnArchiveIsFetchedAsItIs() throws IOException {
    server.file(
        "/own/m.tar.gz", TarFile.ofFolder(SavedModelFreezerTest.model("tf1_hub"), "").gzipBytes());

    Backbone backbone =
        Catalogs.offline()
            .resolve(
                BackboneRequest.hubModule(
                    server.address().resolve("/own/m.tar.gz").toString(), modelDir));

    assertThat(backbone.bottleneckSize()).isEqualTo(4);
  }

  @Test
  void anAddressThatLeadsNowhereIsExplained() {
    assertThatThrownBy(
            () ->
                Catalogs.offline()
                    .resolve(BackboneRequest.hubModule("https://example.com/module", modelDir)))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageContaining("only addresses of tfhub.dev");
    assertThatThrownBy(
            () ->
                Catalogs.offline()
                    .resolve(BackboneRequest.hubModule("https://tfhub.dev/a b", modelDir)))
        .hasMessage("tfhubModule https://tfhub.dev/a b is not an address");
  }

  @Test
  void theOfficialAddressesAreGooglesOwn() {
    DownloadAddresses official = DownloadAddresses.official();

    assertThat(official.model("mobilenet_v1_2018_08_02/mobilenet_v1_1.0_224.tgz").toString())
        .isEqualTo(
            "https://storage.googleapis.com/download.tensorflow.org/models/"
                + "mobilenet_v1_2018_08_02/mobilenet_v1_1.0_224.tgz");
    assertThat(
            official.hubModule("google/imagenet/inception_v3/feature_vector/3.tar.gz").toString())
        .isEqualTo(
            "https://storage.googleapis.com/tfhub-modules/"
                + "google/imagenet/inception_v3/feature_vector/3.tar.gz");
    assertThatThrownBy(() -> DownloadAddresses.mirror(URI.create("ftp://x/")))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("ftp://x/");
  }
}
