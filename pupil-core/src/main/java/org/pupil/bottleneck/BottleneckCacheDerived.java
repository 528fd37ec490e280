package org.pupil.bottleneck;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The table {@code near_duplicates}: what was worked out of many photos together. A value is known
 * by a hash over all that it depends on, so it is never out of date, only no longer asked for. So
 * that such values do not pile up, the oldest goes when there are more than {@value #MOST}.
 */
final class BottleneckCacheDerived {
  /** Values that are kept. */
  static final int MOST = 8;

  /** Longer values are not kept. */
  static final int MOST_BYTES = 1 << 23;

  private final Connection connection;

  BottleneckCacheDerived(Connection connection) {
    this.connection = connection;
  }

  /** The value of a hash; empty where there is none, or a damaged one. */
  Optional<byte[]> find(ContentHash digest) throws SQLException {
    String sql =
        """
        SELECT checksum, iif(typeof(value) = 'blob' AND length(value) <= ?, value, NULL)
        FROM near_duplicates WHERE digest = ?
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, MOST_BYTES);
      statement.setBytes(2, digest.toBytes());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        long checksum = row.getLong(1);
        return Optional.ofNullable(row.getBytes(2))
            .filter(value -> checksum == BottleneckCacheChecksum.ofDerived(digest, value));
      }
    }
  }

  /** Writes a value over what is there, and deletes the oldest ones. */
  void put(ContentHash digest, byte[] value) throws SQLException {
    if (value.length > MOST_BYTES) {
      return;
    }
    String insert = "REPLACE INTO near_duplicates (digest, checksum, value) VALUES (?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setBytes(1, digest.toBytes());
      statement.setLong(2, BottleneckCacheChecksum.ofDerived(digest, value));
      statement.setBytes(3, value);
      statement.executeUpdate();
    }
    String trim =
        """
        DELETE FROM near_duplicates
        WHERE id NOT IN (SELECT id FROM near_duplicates ORDER BY id DESC LIMIT ?)
        """;
    try (PreparedStatement statement = connection.prepareStatement(trim)) {
      statement.setInt(1, MOST);
      statement.executeUpdate();
    }
  }
}
