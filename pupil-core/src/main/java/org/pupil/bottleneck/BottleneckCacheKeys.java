package org.pupil.bottleneck;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** The table {@code bottleneck_key}. */
final class BottleneckCacheKeys {
  /** More than any backbone has; a file that says otherwise is not believed. */
  private static final int MOST_FLOATS = 1 << 20;

  /**
   * A key's row.
   *
   * @param id number of the key, at least 1
   * @param floats length of the key's bottlenecks, at least 1
   * @param digest SHA-256 of the key
   * @param intact whether the row passed its check; the numbers of a damaged row mean nothing,
   *     except that {@code id} is the row's place
   */
  record Row(int id, int floats, ContentHash digest, boolean intact) {}

  private final Connection connection;

  BottleneckCacheKeys(Connection connection) {
    this.connection = connection;
  }

  /** The key's row, or null where no bottleneck of the key was ever put. */
  @Nullable Row find(BottleneckKey key) throws SQLException {
    String sql =
        "SELECT id, floats, checksum FROM bottleneck_key WHERE backbone = ? AND preprocessing = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, key.backboneSha256());
      statement.setString(2, key.preprocessing());
      try (ResultSet result = statement.executeQuery()) {
        if (!result.next()) {
          return null;
        }
        long id = result.getLong(1);
        long floats = result.getLong(2);
        ContentHash digest = key.digest();
        boolean intact =
            result.getLong(3) == BottleneckCacheChecksum.ofKey(id, floats, digest)
                && id >= 1
                && id <= Integer.MAX_VALUE
                && floats >= 1
                && floats <= MOST_FLOATS;
        return new Row((int) id, (int) floats, digest, intact);
      }
    }
  }

  /** The keys of a backbone, without those that are damaged beyond reading. */
  List<BottleneckKey> ofBackbone(String sha256) throws SQLException {
    String sql = "SELECT preprocessing FROM bottleneck_key WHERE backbone = ? ORDER BY id";
    List<BottleneckKey> keys = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, sha256);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          String preprocessing = result.getString(1);
          if (BottleneckKey.isPreprocessing(preprocessing)) {
            keys.add(new BottleneckKey(sha256, preprocessing));
          }
        }
      }
    }
    return keys;
  }

  /**
   * The key's row, made where there is none or where it is damaged.
   *
   * @throws IllegalArgumentException if the key's bottlenecks have another length
   */
  Row findOrAdd(BottleneckKey key, int floats) throws SQLException {
    if (floats > MOST_FLOATS) {
      throw new IllegalArgumentException(
          "a bottleneck has at most " + MOST_FLOATS + " floats, this one " + floats);
    }
    Row row = find(key);
    if (row != null && row.intact()) {
      if (row.floats() != floats) {
        throw new IllegalArgumentException(
            "bottlenecks of " + floats + " floats for a key whose have " + row.floats());
      }
      return row;
    }
    int id = row != null && row.id() >= 1 ? row.id() : nextId();
    ContentHash digest = key.digest();
    String sql =
        "REPLACE INTO bottleneck_key (id, backbone, preprocessing, floats, checksum)"
            + " VALUES (?, ?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, id);
      statement.setString(2, key.backboneSha256());
      statement.setString(3, key.preprocessing());
      statement.setInt(4, floats);
      statement.setLong(5, BottleneckCacheChecksum.ofKey(id, floats, digest));
      statement.executeUpdate();
    }
    return new Row(id, floats, digest, true);
  }

  private int nextId() throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT coalesce(max(id), 0) + 1 FROM bottleneck_key");
        ResultSet result = statement.executeQuery()) {
      long id = result.next() ? result.getLong(1) : 0;
      if (id < 1 || id > Integer.MAX_VALUE) {
        throw new SQLException(
            "the numbers of keys are in disorder", null, SQLiteErrorCode.SQLITE_CORRUPT.code);
      }
      return (int) id;
    }
  }
}
