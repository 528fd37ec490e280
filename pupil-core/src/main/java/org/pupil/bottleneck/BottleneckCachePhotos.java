package org.pupil.bottleneck;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFile;
import org.sqlite.SQLiteErrorCode;

/** The tables {@code photo} and {@code content}: which content is in which file. */
final class BottleneckCachePhotos {
  /**
   * A photo whose file changed less than this before it was read may change again without its time
   * changing: that is how coarse the time is on FAT, the coarsest file system in use.
   */
  private static final long COARSEST_FILE_TIME_MILLIS = 2_000;

  private final Connection connection;

  BottleneckCachePhotos(Connection connection) {
    this.connection = connection;
  }

  /** Fills in the contents of the photos whose files are still as they were when they were read. */
  void find(List<Photo> photos, BottleneckCacheLookup lookup) throws SQLException {
    String sql =
        """
        SELECT j.key, p.size, p.modified_millis, p.checksum, p.content,
          iif(typeof(c.sha256) = 'blob' AND length(c.sha256) = 32, c.sha256, NULL)
        FROM json_each(?) j
        CROSS JOIN photo p ON p.path = j.value
        LEFT JOIN content c ON c.id = p.content
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (BottleneckCacheChunk chunk : BottleneckCacheChunk.of(photos.size())) {
        statement.setString(1, chunk.jsonOfTexts(i -> pathOf(photos.get(i))));
        try (ResultSet result = statement.executeQuery()) {
          while (result.next()) {
            int i = chunk.from() + result.getInt(1);
            PhotoFile file = photos.get(i).source().file().orElseThrow();
            if (result.getLong(2) == file.size() && result.getLong(3) == file.modifiedMillis()) {
              check(file, i, result, lookup);
            }
          }
        }
      }
    }
  }

  private static void check(PhotoFile file, int i, ResultSet result, BottleneckCacheLookup lookup)
      throws SQLException {
    String path = pathOf(file);
    long contentId = result.getLong(5);
    byte @Nullable [] sha256 = result.getBytes(6);
    if (path != null && sha256 != null && isId(contentId)) {
      ContentHash content = ContentHash.fromBytes(sha256);
      if (result.getLong(4)
          == BottleneckCacheChecksum.ofPhoto(path, file.size(), file.modifiedMillis(), content)) {
        lookup.contents[i] = content;
        lookup.contentIds[i] = (int) contentId;
        return;
      }
    }
    lookup.damagedPhotos.set(i);
  }

  /** Fills in the numbers of the contents that the lookup names. */
  void findContents(BottleneckCacheLookup lookup) throws SQLException {
    // Joined with the table itself because the index alone may be damaged.
    String sql =
        """
        SELECT j.key, t.id
        FROM json_each(?) j
        CROSS JOIN content i ON i.sha256 = unhex(j.value)
        CROSS JOIN content t ON t.id = i.id AND t.sha256 = i.sha256
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (BottleneckCacheChunk chunk : BottleneckCacheChunk.of(lookup.contents.length)) {
        statement.setString(1, chunk.jsonOfTexts(i -> String.valueOf(lookup.contents[i])));
        try (ResultSet result = statement.executeQuery()) {
          while (result.next()) {
            long id = result.getLong(2);
            if (isId(id)) {
              lookup.contentIds[chunk.from() + result.getInt(1)] = (int) id;
            }
          }
        }
      }
    }
  }

  /** The numbers of contents; one that has none gets one. */
  int[] idsOf(List<ContentHash> contents) throws SQLException {
    int[] ids = new int[contents.size()];
    try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO content (sha256) VALUES (?) ON CONFLICT DO NOTHING");
        PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT t.id FROM content i CROSS JOIN content t
                ON t.id = i.id AND t.sha256 = i.sha256
                WHERE i.sha256 = ?
                """)) {
      for (int i = 0; i < ids.length; i++) {
        byte[] sha256 = contents.get(i).toBytes();
        insert.setBytes(1, sha256);
        insert.executeUpdate();
        select.setBytes(1, sha256);
        ids[i] = id(select);
      }
    }
    return ids;
  }

  private static int id(PreparedStatement select) throws SQLException {
    try (ResultSet result = select.executeQuery()) {
      long id = result.next() ? result.getLong(1) : 0;
      if (!isId(id)) {
        throw new SQLException(
            "the numbers of contents are in disorder", null, SQLiteErrorCode.SQLITE_CORRUPT.code);
      }
      return (int) id;
    }
  }

  /** Whether a number read from the file can be a content's; two billion photos are enough. */
  private static boolean isId(long number) {
    return number >= 1 && number <= Integer.MAX_VALUE;
  }

  /**
   * Notes what is in photos' files; or forgets what was in one that had changed so shortly before
   * it was read that its time would not show the next change.
   *
   * @param contentIds for each photo the number of its content
   */
  void put(List<BottleneckCache.PhotoContent> read, int[] contentIds) throws SQLException {
    String sql =
        "REPLACE INTO photo (path, size, modified_millis, content, checksum)"
            + " VALUES (?, ?, ?, ?, ?)";
    try (PreparedStatement replace = connection.prepareStatement(sql)) {
      for (int i = 0; i < contentIds.length; i++) {
        PhotoFile file = read.get(i).photo().source().file().orElse(null);
        String path = file == null ? null : pathOf(file);
        if (file == null || path == null) {
          continue;
        }
        if (read.get(i).readAtMillis() - file.modifiedMillis() <= COARSEST_FILE_TIME_MILLIS) {
          delete(path);
          continue;
        }
        replace.setString(1, path);
        replace.setLong(2, file.size());
        replace.setLong(3, file.modifiedMillis());
        replace.setInt(4, contentIds[i]);
        replace.setLong(
            5,
            BottleneckCacheChecksum.ofPhoto(
                path, file.size(), file.modifiedMillis(), read.get(i).content()));
        replace.executeUpdate();
      }
    }
  }

  /** Deletes the rows of those of the photos whose rows fail their check. */
  void deleteDamaged(List<Photo> photos) throws SQLException {
    BottleneckCacheLookup lookup = new BottleneckCacheLookup(photos.size());
    find(photos, lookup);
    for (int i : lookup.damagedPhotos.stream().toArray()) {
      String path = pathOf(photos.get(i));
      if (path != null) {
        delete(path);
      }
    }
  }

  private void delete(String path) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM photo WHERE path = ?")) {
      statement.setString(1, path);
      statement.executeUpdate();
    }
  }

  private static @Nullable String pathOf(Photo photo) {
    return photo.source().file().map(BottleneckCachePhotos::pathOf).orElse(null);
  }

  /**
   * How the file spells a photo's path; null for a name that is not text in this computer's
   * encoding, because two such names may read the same.
   */
  private static @Nullable String pathOf(PhotoFile file) {
    Path path = file.path().toAbsolutePath();
    String separator = path.getFileSystem().getSeparator();
    String text = path.toString().replace(separator + '.' + separator, separator);
    return text.contains("\uFFFD") ? null : text;
  }
}
