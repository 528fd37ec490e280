package org.pupil.bottleneck;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;

/**
 * The tables of a cache, and the check that a file has these and nothing else that SQLite would
 * obey: a view in the place of a table, or a trigger on one, may do anything, and never end.
 */
final class BottleneckCacheSchema {
  /** Files that were made before there were these get them when they are opened. */
  static final List<String> LATER_TABLES =
      List.of(
          """
    CREATE TABLE IF NOT EXISTS thumbnail (
      id INTEGER PRIMARY KEY,
      checksum INTEGER NOT NULL,
      value BLOB NOT NULL)
    """,
          """
    CREATE TABLE IF NOT EXISTS perceptual_hash (
      id INTEGER PRIMARY KEY,
      checksum INTEGER NOT NULL,
      value BLOB NOT NULL)
    """,
          """
    CREATE TABLE IF NOT EXISTS near_duplicates (
      id INTEGER PRIMARY KEY,
      digest BLOB NOT NULL UNIQUE,
      checksum INTEGER NOT NULL,
      value BLOB NOT NULL)
    """);

  static final List<String> FIRST_TABLES =
      List.of(
          """
    CREATE TABLE bottleneck_key (
      id INTEGER PRIMARY KEY,
      backbone TEXT NOT NULL,
      preprocessing TEXT NOT NULL,
      floats INTEGER NOT NULL,
      checksum INTEGER NOT NULL,
      UNIQUE (backbone, preprocessing))
    """,
          """
    CREATE TABLE content (
      id INTEGER PRIMARY KEY,
      sha256 BLOB NOT NULL UNIQUE)
    """,
          """
    CREATE TABLE photo (
      path TEXT PRIMARY KEY,
      size INTEGER NOT NULL,
      modified_millis INTEGER NOT NULL,
      content INTEGER NOT NULL,
      checksum INTEGER NOT NULL) WITHOUT ROWID
    """,
          """
    CREATE TABLE bottleneck (
      id INTEGER PRIMARY KEY,
      checksum INTEGER NOT NULL,
      value BLOB NOT NULL)
    """);

  private static final Set<String> KNOWN =
      Stream.concat(FIRST_TABLES.stream(), LATER_TABLES.stream())
          .map(BottleneckCacheSchema::normal)
          .collect(Collectors.toSet());

  /** What ANALYZE leaves in a file. */
  private static final Pattern STATISTICS =
      Pattern.compile("CREATE TABLE sqlite_stat[134]\\([a-z,]+\\)");

  private final Connection connection;

  BottleneckCacheSchema(Connection connection) {
    this.connection = connection;
  }

  /**
   * Reads what the file says of its tables, and nothing of what is in them.
   *
   * @throws PupilException (bad input) if that is not what Pupil wrote
   */
  void check(Path path) throws SQLException {
    String sql = "SELECT type, name, sql FROM sqlite_schema";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        String type = row.getString(1);
        String name = row.getString(2);
        String definition = row.getString(3);
        if (!isOurs(type, name, definition)) {
          throw PupilException.badInput(
              Message.of(
                  "%s has the %s %s, which no cache of Pupil has: move it away or give another "
                      .formatted(path, type, name),
                  Setting.BOTTLENECK_DIR));
        }
      }
    }
  }

  private static boolean isOurs(
      @Nullable String type, @Nullable String name, @Nullable String definition) {
    if (definition == null) {
      return "index".equals(type) && String.valueOf(name).startsWith("sqlite_autoindex_");
    }
    String normal = normal(definition);
    return "table".equals(type) && (KNOWN.contains(normal) || STATISTICS.matcher(normal).matches());
  }

  /** As SQLite keeps it, but for spaces. */
  private static String normal(String definition) {
    return definition.replace("IF NOT EXISTS ", "").replaceAll("\\s+", " ").strip();
  }
}
