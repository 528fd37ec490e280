package org.pupil.board.plugins.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.board.LogBuilder;
import org.pupil.board.TestBoard;

class ProjectorApiTest {
  private static final String ROUTES = "/data/plugin/projector/";
  private static final String SECRET = "1\t2\n";

  @TempDir Path folder;
  private Path logdir;
  private Path run;

  @BeforeEach
  void aRunAndASecretBesideTheLogs() throws IOException {
    logdir = Files.createDirectories(folder.resolve("logs"));
    run = logdir.resolve("r");
    new LogBuilder(run).write(0, values -> values.scalar("a", 1)).close();
    write(folder.resolve("secret.tsv"), SECRET);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void config(String text) throws IOException {
    write(run.resolve("projector_config.pbtxt"), text);
  }

  private static List<Float> floats(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).as(TestBoard.text(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
    ByteBuffer bytes = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
    List<Float> floats = new ArrayList<>();
    while (bytes.hasRemaining()) {
      floats.add(bytes.getFloat());
    }
    return floats;
  }

  private static void refused(HttpResponse<byte[]> answer, String sentence) {
    assertThat(answer.statusCode()).as(TestBoard.text(answer)).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(TestBoard.text(answer)).contains(sentence).doesNotContain(SECRET);
  }

  @Test
  void anEmbeddingIsAnsweredWithAllThatBelongsToIt() throws IOException {
    config(
        """
        embeddings {
          tensor_name: "bottlenecks:0"
          tensor_path: "t.tsv"
          metadata_path: "m.tsv"
          bookmarks_path: "b.json"
          sprite { image_path: "s.jpg" single_image_dim: 24 single_image_dim: 16 }
        }
        """);
    write(run.resolve("t.tsv"), "0.1\t1e-3\tnan\r\n3\t-4.5\tinf\n\n7\t8\t9.25");
    write(run.resolve("m.tsv"), "label\tfile\nä\tx\nb\ty\nc\tz\n");
    write(run.resolve("b.json"), "[{\"label\":\"v\"}]");
    Files.write(run.resolve("s.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1});
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(board.json(ROUTES + "runs").toString()).isEqualTo("[\"r\"]");
      assertThat(board.json(ROUTES + "info", "run", "r").toString())
          .isEqualTo(
              """
              {"embeddings":[{"tensorName":"bottlenecks","metadataPath":"m.tsv",\
              "bookmarksPath":"b.json","tensorShape":[3,3],\
              "sprite":{"imagePath":"s.jpg","singleImageDim":[24,16]},"tensorPath":"t.tsv"}]}""");
      assertThat(floats(ask(board, "tensor", "bottlenecks")))
          .containsExactly(
              0.1f, 1e-3f, Float.NaN, 3f, -4.5f, Float.POSITIVE_INFINITY, 7f, 8f, 9.25f);
      assertThat(floats(ask(board, "tensor", "bottlenecks:0", "num_rows", "1")))
          .containsExactly(0.1f, 1e-3f, Float.NaN);
      assertThat(TestBoard.text(ask(board, "metadata", "bottlenecks")))
          .isEqualTo("label\tfile\nä\tx\nb\ty\nc\tz\n");
      assertThat(TestBoard.text(ask(board, "metadata", "bottlenecks", "num_rows", "2")))
          .isEqualTo("label\tfile\nä\tx\nb\ty\n");
      assertThat(TestBoard.text(ask(board, "bookmarks", "bottlenecks")))
          .isEqualTo("[{\"label\":\"v\"}]");
      HttpResponse<byte[]> sprite = ask(board, "sprite_image", "bottlenecks");
      assertThat(sprite.headers().firstValue("Content-Type")).contains("image/jpeg");
      assertThat(sprite.body()).hasSize(4);
      assertThat(board.json("/data/plugins_listing").at("/projector/enabled").asBoolean()).isTrue();
    }
  }

  private static HttpResponse<byte[]> ask(
      TestBoard board, String route, String name, String... more) {
    List<String> parameters = new ArrayList<>(List.of("run", "r", "name", name));
    parameters.addAll(List.of(more));
    return board.get(ROUTES + route, parameters.toArray(String[]::new));
  }

  @Test
  void numbersMayBeRawFloatsIfTheirShapeIsSaid() throws IOException {
    config(
        """
        embeddings { tensor_name: "raw" tensor_path: "r.bin" tensor_shape: 2 tensor_shape: 3
                     metadata_path: "one.tsv" }
        embeddings { tensor_name: "wrong" tensor_path: "r.bin" tensor_shape: 3 tensor_shape: 3 }
        embeddings { tensor_name: "huge" tensor_path: "r.bin" tensor_shape: 4294967295
                     tensor_shape: 4294967295 }
        embeddings { tensor_name: "none" tensor_path: "r.bin" }
        """);
    ByteBuffer raw = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : new float[] {1.5f, 2, 3, 4, 5, -7}) {
      raw.putFloat(number);
    }
    Files.write(run.resolve("r.bin"), raw.array());
    write(run.resolve("one.tsv"), "a\nb\n");
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(floats(ask(board, "tensor", "raw"))).containsExactly(1.5f, 2f, 3f, 4f, 5f, -7f);
      assertThat(floats(ask(board, "tensor", "raw", "num_rows", "1")))
          .containsExactly(1.5f, 2f, 3f);
      assertThat(TestBoard.text(ask(board, "metadata", "raw", "num_rows", "1"))).isEqualTo("a\n");
      refused(ask(board, "tensor", "wrong"), "24 bytes, which are not 3 x 3 floats");
      refused(ask(board, "tensor", "huge"), "not 4294967295 x 4294967295 floats");
      refused(ask(board, "tensor", "none"), "tensor_shape must say");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../secret.tsv",
        "../logs/../../secret.tsv",
        "link.tsv",
        "linked/secret.tsv",
        "..",
        ".",
        "missing.tsv",
        "nul\\000.tsv",
        "/etc/passwd",
        "/dev/zero",
        "~/secret.tsv"
      })
  void noPathLeadsOutOfTheLogDirectory(String path) throws IOException {
    Files.createSymbolicLink(run.resolve("link.tsv"), folder.resolve("secret.tsv"));
    Files.createSymbolicLink(run.resolve("linked"), folder);
    config(
        """
        embeddings { tensor_name: "e" tensor_path: "PATH" metadata_path: "PATH"
                     bookmarks_path: "PATH" sprite { image_path: "PATH" } }
        """
            .replace("PATH", path));
    try (TestBoard board = TestBoard.open(logdir)) {
      for (String route : List.of("tensor", "metadata", "bookmarks", "sprite_image")) {
        refused(ask(board, route, "e"), "\"");
      }
    }
  }

  @Test
  void anAbsolutePathOfAFileOfTheSecretIsRefusedAndOneInTheLogDirectoryIsNot() throws IOException {
    config(
        """
        embeddings { tensor_name: "out" tensor_path: "%s" }
        embeddings { tensor_name: "in" tensor_path: "%s" }
        embeddings { tensor_name: "up" tensor_path: "../shared.tsv" }
        """
            .formatted(folder.resolve("secret.tsv"), logdir.resolve("shared.tsv")));
    write(logdir.resolve("shared.tsv"), "5\t6\n");
    try (TestBoard board = TestBoard.open(logdir)) {
      refused(ask(board, "tensor", "out"), "outside of the log directory");
      assertThat(floats(ask(board, "tensor", "in"))).containsExactly(5f, 6f);
      assertThat(floats(ask(board, "tensor", "up"))).containsExactly(5f, 6f);
    }
  }

  @Test
  void aConfigurationThatIsALinkToElsewhereIsNotRead() throws IOException {
    write(folder.resolve("evil.pbtxt"), "embeddings { tensor_path: \"secret.tsv\" }");
    Files.createSymbolicLink(run.resolve("projector_config.pbtxt"), folder.resolve("evil.pbtxt"));
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(board.json(ROUTES + "runs")).isEmpty();
      refused(board.get(ROUTES + "info", "run", "r"), "outside of the log directory");
    }
  }

  /** Whoever wrote the log may have made the link; its curves are shown, its files are not. */
  @Test
  void aRunThatIsALinkOutOfTheLogDirectoryHandsOutNoFiles() throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    new LogBuilder(elsewhere).write(0, values -> values.scalar("a", 1)).close();
    write(
        elsewhere.resolve("projector_config.pbtxt"),
        "embeddings { tensor_name: \"e\" tensor_path: \"t.tsv\" }");
    write(elsewhere.resolve("t.tsv"), SECRET);
    Files.createSymbolicLink(logdir.resolve("linked"), elsewhere);
    config(
        """
        embeddings { tensor_name: "relative" tensor_path: "../linked/t.tsv" }
        embeddings { tensor_name: "absolute" tensor_path: "%s/t.tsv" }
        """
            .formatted(elsewhere));
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(board.json("/data/runs").toString()).contains("\"linked\"");
      assertThat(board.json(ROUTES + "runs").toString()).isEqualTo("[\"r\"]");
      refused(board.get(ROUTES + "tensor", "run", "linked", "name", "e"), "outside");
      refused(ask(board, "tensor", "relative"), "outside of the log directory");
      refused(ask(board, "tensor", "absolute"), "outside of the log directory");
    }
  }

  @Test
  void aLogDirectoryThatIsALinkItselfHandsOutItsOwnFiles() throws IOException {
    config("embeddings { tensor_name: \"e\" tensor_path: \"t.tsv\" }");
    write(run.resolve("t.tsv"), "4\t2\n");
    Path link = Files.createSymbolicLink(folder.resolve("link"), logdir);
    try (TestBoard board = TestBoard.open(link)) {
      assertThat(floats(ask(board, "tensor", "e"))).containsExactly(4f, 2f);
    }
  }

  @Test
  void aBadConfigurationOfOneRunDoesNotHideTheOthers() throws IOException {
    config("embeddings { tensor_name: ");
    Path other = logdir.resolve("other/plugins/org_tensorflow_tensorboard_projector");
    new LogBuilder(logdir.resolve("other")).write(0, values -> values.scalar("a", 1)).close();
    write(other.resolve("projector_config.pbtxt"), "embeddings { tensor_path: \"e.tsv\" }");
    write(other.resolve("e.tsv"), "1\t2\n3\t4\n");
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(board.json(ROUTES + "runs").toString()).isEqualTo("[\"other\"]");
      refused(board.get(ROUTES + "info", "run", "r"), "not as it must be: line 1");
      assertThat(floats(board.get(ROUTES + "tensor", "run", "other", "name", "e.tsv")))
          .containsExactly(1f, 2f, 3f, 4f);
    }
  }

  @Test
  void aConfigurationThatIsWrittenLateIsFound() throws IOException {
    try (TestBoard board = TestBoard.open(logdir)) {
      assertThat(board.json(ROUTES + "runs")).isEmpty();
      write(logdir.resolve("t.tsv"), "1\t2\n");
      write(
          logdir.resolve("projector_config.pbtxt"),
          "embeddings { tensor_name: \"e\" tensor_path: \"t.tsv\" }");
      JsonNode runs = board.json(ROUTES + "runs");
      assertThat(runs.toString()).isEqualTo("[\".\"]");
      // And a tensor that is written anew is read anew.
      assertThat(floats(board.get(ROUTES + "tensor", "run", ".", "name", "e"))).hasSize(2);
      write(logdir.resolve("t.tsv"), "1\t2\n3\t4\n");
      assertThat(floats(board.get(ROUTES + "tensor", "run", ".", "name", "e"))).hasSize(4);
    }
  }

  private JsonNode embedding(String config, String tensor, String metadata) throws IOException {
    config("embeddings { tensor_name: \"e\" tensor_path: \"t.tsv\" " + config + " }");
    write(run.resolve("t.tsv"), tensor);
    write(run.resolve("m.tsv"), metadata);
    try (TestBoard board = TestBoard.open(logdir)) {
      return board.json(ROUTES + "info", "run", "r").at("/embeddings/0");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "unit|a|b|; 3 lines for 2 points, so they are shown without names. A first line",
        "a|b|c; 3 lines for 2 points, so they are shown without names. A first line",
        "a|; 1 line for 2 points, so they are shown without names.",
        "a|b|c|d|; 4 lines for 2 points, so they are shown without names. A name must not",
        "label#file|a#x|; 1 line for 2 points",
        "label#file|a#x|b#y|c#z|; 3 lines for 2 points"
      })
  void namesThatDoNotFitAreNotShownAndBothNumbersAreSaid(String table, String sentence)
      throws IOException {
    JsonNode e =
        embedding(
            "metadata_path: \"m.tsv\"",
            "1\t2\n3\t4\n",
            table.replace('|', '\n').replace('#', '\t'));
    assertThat(e.at("/metadataFits").asText()).isEqualTo("false");
    assertThat(e.at("/notes/0").asText()).startsWith("\"m.tsv\" has " + sentence);
  }

  @Test
  void namesThatFitNeedNoWord() throws IOException {
    for (String table : List.of("a\nb\n", "a\nb", "x\ty\n1\t2\n3\t4\n", "x\ty\r\n1\t2\r\n3\t4")) {
      JsonNode e = embedding("metadata_path: \"m.tsv\"", "1\t2\n3\t4\n", table);
      assertThat(e.has("metadataFits") || e.has("notes")).as(table).isFalse();
    }
  }

  @Test
  void numbersAreNotRegroupedByAShapeThatIsNotTheFiles() throws IOException {
    JsonNode e = embedding("tensor_shape: 3 tensor_shape: 4", "0\t1\t2\n".repeat(4), "");
    assertThat(e.at("/tensorShape").toString()).isEqualTo("[4,3]");
    assertThat(e.at("/notes").toString())
        .isEqualTo(
            "[\"tensor_shape says 3 x 4, but \\\"t.tsv\\\" has 4 x 3: it is shown as the file has"
                + " it.\"]");
  }

  @Test
  void tablesThatAreNoneAreRefused() throws IOException {
    config(
        """
        embeddings { tensor_name: "words" tensor_path: "words.tsv" }
        embeddings { tensor_name: "ragged" tensor_path: "ragged.tsv" }
        embeddings { tensor_name: "suffix" tensor_path: "suffix.tsv" }
        embeddings { tensor_name: "long" tensor_path: "long.tsv" }
        """);
    write(run.resolve("words.tsv"), "1\t2\n3\t<b>\n");
    write(run.resolve("ragged.tsv"), "1\t2\n3\n");
    write(run.resolve("suffix.tsv"), "1f\t2\n");
    write(run.resolve("long.tsv"), "1".repeat(5000));
    try (TestBoard board = TestBoard.open(logdir)) {
      refused(ask(board, "tensor", "words"), "row 2, column 2 is no number: \"<b>\"");
      refused(ask(board, "tensor", "ragged"), "row 2 of \"ragged.tsv\" has 1 numbers, the first 2");
      refused(ask(board, "tensor", "suffix"), "no number");
      refused(ask(board, "tensor", "long"), "too long");
    }
  }

  @Test
  void wrongParametersAreRefused() throws IOException {
    config("embeddings { tensor_name: \"e\" tensor_path: \"t.tsv\" }");
    write(run.resolve("t.tsv"), "1\t2\n");
    try (TestBoard board = TestBoard.open(logdir)) {
      refused(board.get(ROUTES + "info"), "query parameter \"run\" is required");
      refused(board.get(ROUTES + "info", "run", "x"), "Unknown run: \"x\"");
      refused(board.get(ROUTES + "tensor", "run", "r"), "query parameter \"name\" is required");
      for (String rows : List.of("0", "-1", "x", "1.5", "99999999999999999999")) {
        refused(ask(board, "tensor", "e", "num_rows", rows), "num_rows must be integer > 0");
        refused(ask(board, "metadata", "e", "num_rows", rows), "num_rows must be integer > 0");
      }
      refused(ask(board, "metadata", "e"), "No metadata file found for tensor \"e\"");
      refused(ask(board, "bookmarks", "e"), "No bookmarks file found");
      refused(ask(board, "sprite_image", "e"), "No sprite image file found");
      refused(ask(board, "tensor", "zz"), "Tensor \"zz\"");
    }
  }

  @Test
  void aSpriteThatIsNoPictureIsNeverAPage() throws IOException {
    config("embeddings { tensor_path: \"t.tsv\" sprite { image_path: \"s.svg\" } }");
    write(run.resolve("t.tsv"), "1\t2\n");
    write(run.resolve("s.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>");
    try (TestBoard board = TestBoard.open(logdir)) {
      HttpResponse<byte[]> answer = ask(board, "sprite_image", "t.tsv");
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void aHugeConfigurationIsRefused() throws IOException {
    config("# " + "x".repeat(2 << 20));
    try (TestBoard board = TestBoard.open(logdir)) {
      refused(board.get(ROUTES + "info", "run", "r"), "more than");
      assertThatCode(() -> board.json(ROUTES + "runs")).doesNotThrowAnyException();
    }
  }
}
