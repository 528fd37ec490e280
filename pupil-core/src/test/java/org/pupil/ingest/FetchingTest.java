package org.pupil.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupil.ingest.TestArchives.photos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pupil.backbone.ArchiveServer;
import org.pupil.errors.PupilException;
import org.pupil.files.Sha256;

/** Photo sets from a server on this machine. */
class FetchingTest extends IngestTestBase {
  private ArchiveServer server;
  private byte[] zip;

  @BeforeEach
  void start() throws IOException {
    server = ArchiveServer.start();
    zip = TestArchives.zipBytes(photos("pets/cat/1.png", "pets/cat/2.png", "pets/dog/1.png"));
    server.file("/pets.zip", zip);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String address(String file) {
    return server.address().resolve(file).toString();
  }

  private IngestRequest named(String hash) throws IOException {
    Path file = work.resolve("catalogue.json");
    Files.writeString(
        file,
        """
        [{"name": "my_pets", "title": "pets", "layout": "folders", "licence": "none",
          "page": "http://localhost/", "leave_out": ["fish"],
          "files": [{"address": "%s", "size": %d, "hash": "%s"}]}]
        """
            .formatted(address("pets.zip"), zip.length, hash));
    return new IngestRequest(
        "My-Pets",
        to(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        UnpackLimits.DEFAULT,
        Catalogue.read(file),
        Map.of());
  }

  @Test
  void anAddressIsDownloadedOnceAndNothingButTheFolderStays() throws IOException {
    ingest(address("pets.zip"));
    assertThat(files()).containsExactly("cat/1.png", "cat/2.png", "dog/1.png");
    assertThat(beside()).containsExactly("out");

    IngestedSet again = ingest(address("pets.zip"));
    assertThat(again.wasThere()).isTrue();
    assertThat(server.requests).containsExactly("/pets.zip");
  }

  @Test
  void aNameIsLookedUpAndItsHashCompared() throws IOException {
    ingest(named("sha256:" + Sha256.of(zip)));
    assertThat(files()).hasSize(3);
    assertThat(Files.readString(to().resolve("pupil-dataset.json")))
        .contains("\"source\" : \"my_pets\"", "\"licence\" : \"none\"");
  }

  @Test
  void anotherHashThanThePublishedOneIsRefused() throws IOException {
    IngestRequest request = named("md5:" + "0".repeat(32));
    assertThatThrownBy(() -> ingest(request))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("is not what its makers published (md5:000");
    assertThat(beside()).containsExactly("catalogue.json");
  }

  @Test
  void aCutDownloadGoesOnInTheNextRun() throws IOException {
    server.cutAfter = 100;
    server.cuts.set(Integer.MAX_VALUE);
    server.etag = "W/\"weak\""; // within one run it is not gone on with
    assertThatThrownBy(() -> ingest(address("pets.zip")))
        .hasMessageContaining("cannot download")
        .hasMessageContaining("what has come is kept: run this command again to go on");
    assertThat(to()).doesNotExist();
    assertThat(beside()).containsExactly(".out.download");

    server.etag = "\"v1\"";
    server.cutAfter = Integer.MAX_VALUE;
    ingest(address("pets.zip"));
    assertThat(files()).hasSize(3);
    assertThat(beside()).containsExactly("out");
  }

  @Test
  void withinARunItGoesOnWhereItWasCut() throws IOException {
    server.cutAfter = 150;
    server.cuts.set(2);
    ingest(address("pets.zip"));
    assertThat(server.requests)
        .containsExactly("/pets.zip", "/pets.zip bytes=150-", "/pets.zip bytes=300-");
    assertThat(files()).hasSize(3);
  }

  @Test
  void aWebPageWithStatus200IsNoArchive() throws IOException {
    server.file(
        "/page.zip",
        "\n<!DOCTYPE HTML><html><body>Please log in</body></html>"
            .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> ingest(address("page.zip")))
        .hasMessageContaining("is a web page, no archive: open it in a browser");
    assertThat(beside()).isEmpty();
  }

  @Test
  void whatIsNotThereAndWhatIsNoAddress() throws IOException {
    assertThatThrownBy(() -> ingest(address("none.zip")))
        .hasMessageContaining("the server has no such file (HTTP 404)");
    assertThatThrownBy(() -> ingest("ftp://server/pets.zip"))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("must begin with http:// or https://");
    assertThat(beside()).isEmpty();
  }
}
