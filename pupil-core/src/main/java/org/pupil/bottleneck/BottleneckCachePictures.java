package org.pupil.bottleneck;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables {@code thumbnail} and {@code perceptual_hash}: what is kept of how contents look. */
final class BottleneckCachePictures {
  /** One of the two tables, which are alike. */
  enum Table {
    /** Small pictures. */
    THUMBNAIL("thumbnail", 1 << 16),

    /** What was worked out of small pictures. */
    PERCEPTUAL_HASH("perceptual_hash", 1 << 7);

    private final String sqlName;
    private final int mostBytes;

    Table(String sqlName, int mostBytes) {
      this.sqlName = sqlName;
      this.mostBytes = mostBytes;
    }
  }

  private final Connection connection;
  private final Table table;

  BottleneckCachePictures(Connection connection, Table table) {
    this.connection = connection;
    this.table = table;
  }

  /** The values of contents that have numbers; null where there is none, or a damaged one. */
  byte[] @Nullable [] find(BottleneckCacheLookup lookup) throws SQLException {
    byte[] @Nullable [] found = new byte[lookup.contents.length][];
    String sql =
        """
        SELECT j.key, t.checksum,
          iif(typeof(t.value) = 'blob' AND length(t.value) <= ?, t.value, NULL)
        FROM json_each(?) j
        CROSS JOIN %s t ON t.id = j.value
        """
            .formatted(table.sqlName);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, table.mostBytes);
      for (BottleneckCacheChunk chunk : BottleneckCacheChunk.of(found.length)) {
        statement.setString(2, chunk.jsonOfNumbers(i -> lookup.contentIds[i]));
        try (ResultSet result = statement.executeQuery()) {
          while (result.next()) {
            int i = chunk.from() + result.getInt(1);
            byte @Nullable [] value = result.getBytes(3);
            ContentHash content = lookup.contents[i];
            if (value != null
                && content != null
                && result.getLong(2) == BottleneckCacheChecksum.ofPicture(content, value)) {
              found[i] = value;
            }
          }
        }
      }
    }
    return found;
  }

  /**
   * Writes values over what is there, each for the content of its position.
   *
   * @param contentIds those that are 0 are left out
   */
  void put(List<ContentHash> contents, int[] contentIds, List<byte[]> values) throws SQLException {
    String sql = "REPLACE INTO %s (id, checksum, value) VALUES (?, ?, ?)".formatted(table.sqlName);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < contentIds.length; i++) {
        if (contentIds[i] == 0) {
          continue;
        }
        byte[] value = values.get(i);
        statement.setInt(1, contentIds[i]);
        statement.setLong(2, BottleneckCacheChecksum.ofPicture(contents.get(i), value));
        statement.setBytes(3, value);
        statement.executeUpdate();
      }
    }
  }

  /** Deletes what is there of contents. */
  void delete(int[] contentIds) throws SQLException {
    String sql = "DELETE FROM %s WHERE id = ?".formatted(table.sqlName);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int id : contentIds) {
        statement.setInt(1, id);
        statement.executeUpdate();
      }
    }
  }
}
