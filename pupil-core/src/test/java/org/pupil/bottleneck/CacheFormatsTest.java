package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.FormatsDocument;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.DownloadListener;
import org.pupil.images.Alpha;

/** What docs/formats.md says of the cache is what is in its file. */
class CacheFormatsTest {
  @TempDir Path folder;

  private static String spaced(String sql) {
    return sql.replaceAll("\\s+", " ").strip();
  }

  private List<String> ask(String sql) throws SQLException {
    BottleneckCache.open(folder).close();
    List<String> answers = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bottlenecks.db"));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        answers.add(result.getString(1));
      }
    }
    return answers;
  }

  @Test
  void theSchemaIsThatOfTheDocument() throws Exception {
    List<String> tables =
        ask("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid").stream()
            .map(CacheFormatsTest::spaced)
            .toList();
    assertThat(tables)
        .isEqualTo(
            Stream.of(FormatsDocument.example("schema").split(";\n", -1))
                .map(CacheFormatsTest::spaced)
                .filter(sql -> !sql.isEmpty())
                .toList());
  }

  @Test
  void theNumbersThatMarkTheFileAreThoseOfTheDocument() throws Exception {
    assertThat(ask("PRAGMA application_id")).containsExactly("" + 0x5075706C);
    assertThat(ask("PRAGMA user_version")).containsExactly("1");
    assertThat(ask("PRAGMA journal_mode")).containsExactly("wal");
    assertThat(FormatsDocument.text())
        .contains(
            "Its `application_id` is 0x5075706C (\"Pupl\"), its `user_version` is the format, 1");
  }

  @Test
  void theExampleOfPreprocessingIsThatOfTheDefaultBackbone() throws Exception {
    Backbone backbone =
        new BackboneCatalog(
                DownloadAddresses.mirror(URI.create("http://127.0.0.1:9/")),
                Map.of(),
                DownloadListener.silent())
            .resolve(BackboneRequest.architecture(BackboneCatalog.defaultArchitecture(), folder));
    BottleneckKey key = BottleneckKey.of(backbone, Alpha.WHITE, Precision.FLOAT32);
    assertThat(key.preprocessing() + "\n").isEqualTo(FormatsDocument.example("preprocessing"));
  }
}
