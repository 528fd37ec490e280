package org.pupil.bottleneck;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code bottleneck}: the values themselves. */
final class BottleneckCacheValues {
  private final Connection connection;

  BottleneckCacheValues(Connection connection) {
    this.connection = connection;
  }

  /** Fills in the bottlenecks of the photos whose contents have numbers. */
  void find(BottleneckCacheKeys.Row key, BottleneckCacheLookup lookup) throws SQLException {
    String sql =
        """
        SELECT j.key, b.checksum,
          iif(typeof(b.value) = 'blob' AND length(b.value) = ?, b.value, NULL)
        FROM json_each(?) j
        CROSS JOIN bottleneck b ON b.id = j.value
        """;
    byte[] keyDigest = key.digest().toBytes();
    long[] sought = inOrderOfContent(lookup.contentIds);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setInt(1, Float.BYTES * key.floats());
      for (BottleneckCacheChunk chunk : BottleneckCacheChunk.of(sought.length)) {
        statement.setString(2, chunk.jsonOfNumbers(i -> rowId(key, contentIdOf(sought[i]))));
        try (ResultSet result = statement.executeQuery()) {
          while (result.next()) {
            int position = positionOf(sought[chunk.from() + result.getInt(1)]);
            check(key, keyDigest, position, result, lookup);
          }
        }
      }
    }
  }

  private static void check(
      BottleneckCacheKeys.Row key,
      byte[] keyDigest,
      int position,
      ResultSet result,
      BottleneckCacheLookup lookup)
      throws SQLException {
    ContentHash content = lookup.contents[position];
    byte @Nullable [] value = result.getBytes(3);
    if (content == null
        || value == null
        || result.getLong(2) != BottleneckCacheChecksum.ofBottleneck(keyDigest, content, value)) {
      lookup.damagedBottlenecks.set(position);
      return;
    }
    Bottlenecks bottlenecks = lookup.bottlenecks;
    if (bottlenecks == null) {
      bottlenecks = Bottlenecks.zeros(lookup.contents.length, key.floats());
      lookup.bottlenecks = bottlenecks;
    }
    ByteBuffer.wrap(value)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(bottlenecks.row(position));
    lookup.found.set(position);
  }

  /**
   * The positions whose contents have numbers, in the order of the numbers and so of the rows on
   * disk. Each is content number * 2^32 + position.
   */
  private static long[] inOrderOfContent(int[] contentIds) {
    long[] sought = new long[contentIds.length];
    int count = 0;
    for (int i = 0; i < contentIds.length; i++) {
      if (contentIds[i] != 0) {
        sought[count++] = ((long) contentIds[i] << 32) | i;
      }
    }
    sought = Arrays.copyOf(sought, count);
    Arrays.sort(sought);
    return sought;
  }

  private static int contentIdOf(long sought) {
    return (int) (sought >>> 32);
  }

  private static int positionOf(long sought) {
    return (int) sought;
  }

  private static long rowId(BottleneckCacheKeys.Row key, int contentId) {
    return ((long) key.id() << 32) | contentId;
  }

  /** Writes rows of a matrix, each for the content of its position, over what is there. */
  void put(
      BottleneckCacheKeys.Row key,
      List<ContentHash> contents,
      int[] contentIds,
      Bottlenecks bottlenecks)
      throws SQLException {
    byte[] keyDigest = key.digest().toBytes();
    byte[] value = new byte[Float.BYTES * key.floats()];
    ByteBuffer buffer = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    String sql = "REPLACE INTO bottleneck (id, checksum, value) VALUES (?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < contentIds.length; i++) {
        buffer.asFloatBuffer().put(bottlenecks.row(i));
        statement.setLong(1, rowId(key, contentIds[i]));
        statement.setLong(
            2, BottleneckCacheChecksum.ofBottleneck(keyDigest, contents.get(i), value));
        statement.setBytes(3, value);
        statement.executeUpdate();
      }
    }
  }

  /** Deletes the rows of those of the photos whose rows fail their check. */
  void deleteDamaged(BottleneckCacheKeys.Row key, BottleneckCacheLookup lookup)
      throws SQLException {
    find(key, lookup);
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM bottleneck WHERE id = ?")) {
      for (int i : lookup.damagedBottlenecks.stream().toArray()) {
        statement.setLong(1, rowId(key, lookup.contentIds[i]));
        statement.executeUpdate();
      }
    }
  }
}
