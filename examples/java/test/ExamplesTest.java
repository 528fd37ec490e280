package org.pupil.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.Classifier;
import org.pupil.Pupil;

/** Runs the programs as a person would. */
class ExamplesTest {
  private static final Path PHOTOS = Path.of("../photos");

  @TempDir static Path shared;
  private static Path model;

  private final PrintStream stdout = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  @TempDir Path folder;

  /** Two labels with few photos, so that it takes no time. */
  @BeforeAll
  static void teach() throws IOException {
    model = shared.resolve("model");
    Path photos = shared.resolve("photos");
    for (String label : new String[] {"bird", "fruit"}) {
      Path to = Files.createDirectories(photos.resolve(label));
      try (Stream<Path> files = Files.list(PHOTOS.resolve(label))) {
        for (Path photo : files.sorted().limit(12).toList()) {
          Files.copy(photo, to.resolve(photo.getFileName()));
        }
      }
    }
    try (Classifier classifier = Pupil.teach(photos)) {
      classifier.save(model);
    }
  }

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setOut(stdout);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void teachesAndLabels() {
    Path saved = folder.resolve("model");

    TeachAndLabelPhotos.main(
        new String[] {
          shared.resolve("photos").toString(),
          saved.toString(),
          PHOTOS.resolve("fruit/kiwi.jpg").toString()
        });

    assertThat(printed()).contains("Right on test photos: ").containsPattern("fruit +0\\.9");
    assertThat(saved.resolve("graph.pb")).exists();
  }

  @Test
  void sortsPhotosAndTouchesNothingElse() throws IOException {
    Path from = Files.createDirectories(folder.resolve("from"));
    Path to = folder.resolve("to");
    Files.copy(PHOTOS.resolve("bird/duck.jpg"), from.resolve("a.jpg"));
    Files.copy(PHOTOS.resolve("fruit/kiwi.jpg"), from.resolve("b.jpg"));
    Files.writeString(from.resolve("notes.txt"), "no photo");

    PhotoSorter.main(new String[] {model.toString(), from.toString(), to.toString()});
    Files.writeString(to.resolve("bird/a.jpg"), "mine");
    PhotoSorter.main(new String[] {model.toString(), from.toString(), to.toString()});

    assertThat(to.resolve("bird/a.jpg")).hasContent("mine");
    assertThat(to.resolve("fruit/b.jpg")).hasSameBinaryContentAs(PHOTOS.resolve("fruit/kiwi.jpg"));
    assertThat(from.resolve("a.jpg")).hasSameBinaryContentAs(PHOTOS.resolve("bird/duck.jpg"));
    try (Stream<Path> files = Files.walk(to)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(2);
    }
    assertThat(printed()).contains("a.jpg -> bird").contains("b.jpg -> fruit");
  }

  @Test
  void labelsOverHttp() throws IOException, InterruptedException {
    try (Classifier classifier = Pupil.open(model)) {
      HttpServer server = LabelServer.start(classifier, 0);
      try {
        byte[] duck = Files.readAllBytes(PHOTOS.resolve("bird/duck.jpg"));

        assertThat(post(server, duck).body()).startsWith("{\"bird\":0.9");
        assertThat(post(server, new byte[] {1, 2}).statusCode()).isEqualTo(400);
        assertThat(post(server, new byte[20_000_001]).statusCode()).isEqualTo(413);
      } finally {
        server.stop(0);
      }
    }
  }

  private static HttpResponse<String> post(HttpServer server, byte[] body)
      throws IOException, InterruptedException {
    URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/label");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
