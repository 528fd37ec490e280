package org.pupil.bottleneck;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code thumbnail}: small pictures of contents. */
final class BottleneckCacheThumbnails {
  /** None is longer. */
  static final int MOST_BYTES = 1 << 16;

  private final Connection connection;

  BottleneckCacheThumbnails(Connection connection) {
    this.connection = connection;
  }

  /** The thumbnails of contents that have numbers; null where there is none, or a damaged one. */
  byte[] @Nullable [] find(BottleneckCacheLookup lookup) throws SQLException {
    byte[] @Nullable [] found = new byte[lookup.contents.length][];
    String sql =
        """
        SELECT j.key, t.checksum,
          iif(typeof(t.value) = 'blob' AND length(t.value) <= ?, t.value, NULL)
        FROM json_each(?) j
        CROSS JOIN thumbnail t ON t.id = j.value
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, MOST_BYTES);
      for (BottleneckCacheChunk chunk : BottleneckCacheChunk.of(found.length)) {
        statement.setString(2, chunk.jsonOfNumbers(i -> lookup.contentIds[i]));
        try (ResultSet result = statement.executeQuery()) {
          while (result.next()) {
            int i = chunk.from() + result.getInt(1);
            byte @Nullable [] value = result.getBytes(3);
            ContentHash content = lookup.contents[i];
            if (value != null
                && content != null
                && result.getLong(2) == BottleneckCacheChecksum.ofThumbnail(content, value)) {
              found[i] = value;
            }
          }
        }
      }
    }
    return found;
  }

  /** Writes thumbnails, each for the content of its position, over what is there. */
  void put(List<ContentHash> contents, int[] contentIds, List<byte[]> thumbnails)
      throws SQLException {
    String sql = "REPLACE INTO thumbnail (id, checksum, value) VALUES (?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < contentIds.length; i++) {
        byte[] value = thumbnails.get(i);
        statement.setInt(1, contentIds[i]);
        statement.setLong(2, BottleneckCacheChecksum.ofThumbnail(contents.get(i), value));
        statement.setBytes(3, value);
        statement.executeUpdate();
      }
    }
  }
}
