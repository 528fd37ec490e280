package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pupil.bottleneck.Samples.KEY;
import static org.pupil.bottleneck.Samples.bottleneck;
import static org.pupil.bottleneck.Samples.key;
import static org.pupil.bottleneck.Samples.photos;
import static org.pupil.bottleneck.Samples.put;
import static org.pupil.bottleneck.Samples.read;
import static org.pupil.bottleneck.Samples.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.bottleneck.BottleneckCache.PhotoContent;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;

/** Rows that say something else than what was put. */
class BottleneckCacheDamageTest {
  private static final BottleneckKey OTHER_KEY = key("224x224");
  private static final int FLOATS = 3;

  @TempDir Path folder;

  /** Their contents have the numbers 1, 2 and 3; {@link Samples#KEY} has 1, the other key 2. */
  private final List<PhotoContent> read = read(0, 3);

  @BeforeEach
  void fill() {
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, KEY, read, FLOATS);
      put(cache, OTHER_KEY, read, FLOATS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET value = x'000000000000000000000000'",
        // Shorter, longer, empty, another type.
        "SET value = substr(value, 1, 11)",
        "SET value = value || x'00'",
        "SET value = x''",
        "SET value = zeroblob(10000000)",
        "SET value = 'hello, world'",
        "SET value = 12",
        "SET checksum = checksum + 1",
        "SET checksum = checksum + (1 << 32)",
        "SET checksum = 'none'",
        // A good row in the place of another photo's, and of another key's.
        """
        SET (value, checksum) =
          (SELECT value, checksum FROM bottleneck WHERE id = (1 << 32) + 3)
        """,
        """
        SET (value, checksum) =
          (SELECT value, checksum FROM bottleneck WHERE id = (2 << 32) + 2)
        """
      })
  void aBottleneckThatIsNotWhatWasPutIsAbsentAndDeletedAndCounted(String damage)
      throws SQLException {
    execute("UPDATE bottleneck " + damage + " WHERE id = (1 << 32) + 2");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      FoundBottlenecks found = cache.find(KEY, photos(read));
      assertThat(found.damaged()).isEqualTo(1);
      assertThat(found.hasBottleneck(1)).isFalse();
      assertThat(found.content(1)).contains(read.get(1).content());
      assertThat(found.bottlenecks().orElseThrow().row(1)).containsExactly(0, 0, 0);
      assertThatIsFound(found, 0, KEY);
      assertThatIsFound(found, 2, KEY);

      assertThat(count("bottleneck")).isEqualTo(5);
      assertThat(cache.find(KEY, photos(read)).damaged()).isZero();
      put(cache, KEY, read.subList(1, 2), FLOATS);
      assertThatAllIsFound(cache);
    }
  }

  @Test
  void everyBitOfAValueMatters() throws SQLException {
    try (BottleneckCache cache = BottleneckCache.open(folder);
        Connection connection = connect();
        var select =
            connection.prepareStatement("SELECT value FROM bottleneck WHERE id = (1 << 32) + 1");
        var update =
            connection.prepareStatement(
                "UPDATE bottleneck SET value = ? WHERE id = (1 << 32) + 1")) {
      for (int bit = 0; bit < 8 * Float.BYTES * FLOATS; bit++) {
        byte[] value;
        try (ResultSet result = select.executeQuery()) {
          assertThat(result.next()).isTrue();
          value = result.getBytes(1);
        }
        value[bit / 8] ^= (byte) (1 << (bit % 8));
        update.setBytes(1, value);
        update.executeUpdate();

        FoundBottlenecks found = cache.findContents(KEY, List.of(read.get(0).content()));
        assertThat(found.damaged()).isEqualTo(1);
        assertThat(found.foundCount()).isZero();
        put(cache, KEY, read.subList(0, 1), FLOATS);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET content = 3",
        "SET content = 99",
        "SET content = 'two'",
        "SET content = -(1 << 40)",
        "SET checksum = checksum - 1",
        "SET checksum = (SELECT checksum FROM photo WHERE path = '/photos/cat/2.jpg')"
      })
  void aPhotosRowThatIsNotWhatWasPutIsAbsentAndDeletedAndCounted(String damage)
      throws SQLException {
    execute("UPDATE photo " + damage + " WHERE path = '/photos/cat/1.jpg'");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      FoundBottlenecks found = cache.find(KEY, photos(read));
      assertThat(found.damaged()).isEqualTo(1);
      assertThat(found.content(1)).isEmpty();
      assertThat(found.hasBottleneck(1)).isFalse();
      assertThatIsFound(found, 0, KEY);
      assertThatIsFound(found, 2, KEY);

      assertThat(count("photo")).isEqualTo(2);
      cache.remember(read.subList(1, 2));
      assertThatAllIsFound(cache);
    }
  }

  @Test
  void anExchangedPathIsSeen() throws SQLException {
    // All three photos have one size and time.
    execute("UPDATE photo SET path = '/x' WHERE path = '/photos/cat/0.jpg'");
    execute("UPDATE photo SET path = '/photos/cat/0.jpg' WHERE path = '/photos/cat/1.jpg'");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      FoundBottlenecks found = cache.find(KEY, photos(read));
      assertThat(found.damaged()).isEqualTo(1);
      assertThat(found.content(0)).isEmpty();
      assertThat(found.content(1)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET sha256 = zeroblob(32)",
        "SET sha256 = x'00'",
        "SET sha256 = zeroblob(10000000)",
        "SET sha256 = 'abcdefghijklmnopqrstuvwxyz012345'",
        "SET id = 7",
        "SET id = (1 << 40)"
      })
  void aContentThatIsNotWhatWasPutIsNotBelieved(String damage) throws SQLException {
    execute("UPDATE content " + damage + " WHERE id = 2");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      FoundBottlenecks found = cache.find(KEY, photos(read));
      assertThat(found.damaged()).isEqualTo(1);
      assertThat(found.content(1)).isEmpty();
      assertThatIsFound(found, 0, KEY);
      assertThatIsFound(found, 2, KEY);
    }
  }

  @Test
  void aKeysRowThatIsNotWhatWasPutIsMendedByTheNextPutAndLosesNothing() throws SQLException {
    execute("UPDATE bottleneck_key SET floats = 2000000000 WHERE id = 1");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      FoundBottlenecks found = cache.find(KEY, photos(read));
      assertThat(found.damaged()).isEqualTo(1);
      assertThat(found.foundCount()).isZero();
      assertThat(count("bottleneck")).isEqualTo(6);

      put(cache, KEY, read.subList(1, 2), FLOATS);
      assertThatAllIsFound(cache);
    }
  }

  @Test
  void exchangedKeysDeleteNothing() throws SQLException {
    execute("UPDATE bottleneck_key SET id = 3 - id WHERE id = 9");
    execute("UPDATE bottleneck_key SET id = 9 WHERE id = 1");
    execute("UPDATE bottleneck_key SET id = 1 WHERE id = 2");
    execute("UPDATE bottleneck_key SET id = 2 WHERE id = 9");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      FoundBottlenecks found = cache.find(KEY, photos(read));
      assertThat(found.foundCount()).isZero();
      assertThat(found.damaged()).isEqualTo(1);
    }
    assertThat(count("bottleneck")).isEqualTo(6);
  }

  @Test
  void aDamagedBottleneckIsDeletedAlsoWhenItWasLookedUpByItsContent() throws SQLException {
    execute("UPDATE bottleneck SET checksum = checksum + 1 WHERE id = (1 << 32) + 2");
    List<ContentHash> contents = read.stream().map(PhotoContent::content).toList();
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      FoundBottlenecks found = cache.findContents(KEY, contents);
      assertThat(found.damaged()).isEqualTo(1);
      assertThat(found.foundCount()).isEqualTo(2);
      assertThat(found.hasBottleneck(1)).isFalse();

      assertThat(count("bottleneck")).isEqualTo(5);
      assertThat(cache.findContents(KEY, contents).damaged()).isZero();
    }
  }

  // --- numbers of rows at the end of what can be
  // --------------------------------------------------

  private static final long LARGEST = Integer.MAX_VALUE;

  private void numberSecondContent(long number) throws SQLException {
    execute("UPDATE content SET id = " + number + " WHERE id = 2");
    execute("UPDATE photo SET content = " + number + " WHERE content = 2");
    execute("UPDATE bottleneck SET id = id - 2 + " + number + " WHERE (id & 4294967295) = 2");
  }

  @Test
  void aContentMayHaveTheLargestNumberAndThenThereIsNoneForAnother() throws SQLException {
    numberSecondContent(LARGEST);
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThatAllIsFound(cache);
      assertThatThrownBy(() -> put(cache, KEY, read(3, 4), FLOATS))
          .isInstanceOfSatisfying(
              PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT))
          .hasMessageContaining("is damaged (the numbers of contents are in disorder): move it");
      assertThat(count("content")).isEqualTo(3);
      assertThatAllIsFound(cache);
    }
  }

  @Test
  void aContentWithALargerNumberIsNotBelieved() throws SQLException {
    numberSecondContent(LARGEST + 1);
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      FoundBottlenecks byContent = cache.findContents(KEY, List.of(read.get(1).content()));
      assertThat(byContent.foundCount()).isZero();
      FoundBottlenecks found = cache.find(KEY, photos(read));
      assertThat(found.damaged()).isEqualTo(1);
      assertThat(found.content(1)).isEmpty();
      assertThatIsFound(found, 0, KEY);
      assertThatIsFound(found, 2, KEY);
    }
  }

  @Test
  void aKeyMayHaveTheLargestNumberAndThenThereIsNoneForAnother() throws SQLException {
    execute("INSERT INTO bottleneck_key VALUES (" + (LARGEST - 1) + ", 'x', 'x', 1, 0)");
    BottleneckKey last = key("last");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      put(cache, last, read, FLOATS);
      assertThat(number("SELECT max(id) FROM bottleneck_key")).isEqualTo(Integer.MAX_VALUE);
      FoundBottlenecks found = cache.find(last, photos(read));
      for (int i = 0; i < read.size(); i++) {
        assertThatIsFound(found, i, last);
      }
      assertThatThrownBy(() -> put(cache, key("one too many"), read, FLOATS))
          .isInstanceOfSatisfying(
              PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT))
          .hasMessageContaining("is damaged (the numbers of keys are in disorder): move it");
      assertThatAllIsFound(cache);
    }
  }

  // --- pages that are damaged, where SQLite itself stumbles
  // ---------------------------------------

  private void fillThumbnails() {
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      Bottlenecks bottlenecks = cache.find(KEY, photos(read)).bottlenecks().orElseThrow();
      List<byte[]> thumbnails = read.stream().map(photo -> new byte[2000]).toList();
      cache.put(KEY, read, bottlenecks, thumbnails);
    }
  }

  /** Overwrites the root of a table's tree. */
  private void damagePageOf(String table) throws Exception {
    int page = number("SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'");
    int size = number("PRAGMA page_size");
    Path file = folder.resolve("bottlenecks.db");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, (page - 1) * size, page * size, (byte) 0xA5);
    Files.write(file, bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"thumbnail", "perceptual_hash", "near_duplicates"})
  void whereThumbnailsAreDamagedBottlenecksAreStillFoundAndPut(String table) throws Exception {
    fillThumbnails();
    damagePageOf(table);
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThatAllIsFound(cache);
      List<PhotoContent> more = read(3, 5);
      Bottlenecks bottlenecks = Bottlenecks.zeros(2, FLOATS);
      cache.put(KEY, more, bottlenecks, List.of(new byte[10], new byte[10]));
      assertThat(cache.find(KEY, photos(more)).foundCount()).isEqualTo(2);
    }
  }

  @Test
  void whereBottlenecksAreDamagedThePersonIsToldWhatCanBeDone() throws Exception {
    damagePageOf("bottleneck");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThatThrownBy(() -> cache.find(KEY, photos(read)))
          .isInstanceOfSatisfying(
              PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT))
          .hasMessageStartingWith(folder.resolve("bottlenecks.db") + " is damaged (")
          .hasMessageEndingWith(
              "): move it away (its bottlenecks are then computed again) or give another"
                  + " bottleneckDir");
    }
  }

  // --- tables that are something else
  // -------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        CREATE VIEW content AS
          WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
          SELECT id, zeroblob(32) AS sha256 FROM n
        """,
        """
        CREATE TABLE content (
          id INTEGER PRIMARY KEY,
          sha256 BLOB NOT NULL UNIQUE,
          more AS (hex(zeroblob(900000000))))
        """,
        "CREATE TABLE content (id INTEGER PRIMARY KEY, sha256 BLOB CHECK (sha256 > randomblob(9)))",
        "CREATE VIRTUAL TABLE content USING fts5(id, sha256)"
      })
  void aTableThatIsSomethingElseIsRefusedBeforeItIsRead(String instead) throws Exception {
    execute("DROP TABLE content");
    execute(instead);
    assertRefused("content");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER evil AFTER INSERT ON content BEGIN DELETE FROM bottleneck; END",
        "CREATE VIEW evil AS SELECT 1",
        "CREATE INDEX evil ON content (length(sha256))",
        "CREATE TABLE evil (id)"
      })
  void whatNoCacheHasIsRefused(String more) throws Exception {
    execute(more);
    assertRefused("evil");
  }

  /** Statements cannot make such a file; whoever writes bytes can. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET type = NULL WHERE name = 'bottleneck_key'",
        "SET type = 'view' WHERE name = 'bottleneck_key'",
        "SET type = 'view' WHERE sql IS NULL",
      })
  void aSchemaThatContradictsItselfIsRefused(String forgery) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA writable_schema = ON");
      statement.execute("UPDATE sqlite_schema " + forgery);
    }
    assertRefused("bottleneck_key");
  }

  private void assertRefused(String name) throws IOException {
    Path file = folder.resolve("bottlenecks.db");
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> BottleneckCache.open(folder))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT))
        .hasMessageContainingAll(file.toString(), name, "bottleneckDir");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aCacheThatWasAnalysedAndVacuumedIsStillOne() throws Exception {
    execute("ANALYZE");
    execute("VACUUM");
    try (BottleneckCache cache = BottleneckCache.open(folder)) {
      assertThatAllIsFound(cache);
    }
  }

  private void assertThatAllIsFound(BottleneckCache cache) {
    for (BottleneckKey key : List.of(KEY, OTHER_KEY)) {
      FoundBottlenecks found = cache.find(key, photos(read));
      assertThat(found.damaged()).isZero();
      for (int i = 0; i < read.size(); i++) {
        assertThatIsFound(found, i, key);
      }
    }
  }

  private void assertThatIsFound(FoundBottlenecks found, int photo, BottleneckKey key) {
    assertThat(row(found, photo))
        .containsExactly(bottleneck(key, read.get(photo).content(), FLOATS));
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bottlenecks.db"));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int count(String table) throws SQLException {
    return number("SELECT count(*) FROM " + table);
  }

  private int number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.getInt(1);
    }
  }
}
