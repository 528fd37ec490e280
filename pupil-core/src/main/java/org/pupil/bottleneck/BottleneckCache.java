package org.pupil.bottleneck;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.bottleneck.BottleneckCachePictures.Table;
import org.pupil.dataset.Photo;
import org.pupil.errors.PupilException;

/**
 * The bottlenecks that were ever computed, kept in one file {@code bottlenecks.db} of a folder, and
 * a thumbnail of each photo that was decoded for them.
 *
 * <p>A bottleneck is found by what is in the photo and by its {@link BottleneckKey}, whatever the
 * photo is called. So that a warm start reads no photo, the cache also remembers what was in which
 * file: it believes that while the file's path, size and modified time are what they were.
 *
 * <p>What is promised:
 *
 * <ul>
 *   <li>What a call of {@link #put} has written stays, however the process ends. A power cut may
 *       take the last calls with it.
 *   <li>No wrong bottleneck is ever found: every row has a checksum over its value and all that it
 *       was asked by. A row that fails it is as if it were absent, and is deleted and counted.
 *   <li>Several processes, and several threads of one, may use one cache at once, on a disk of this
 *       computer. (SQLite's locks are not to be trusted on a network drive that several computers
 *       write to.)
 *   <li>Nothing that Pupil did not write is changed or deleted.
 * </ul>
 *
 * <p>The limit of the fast path: a photo that is replaced by another of the same size, whose
 * modified time is then set back to the old one by hand, is taken for the old photo. A photo that
 * is changed twice within its file system's smallest step of time is not: what was in a file that
 * had changed less than two seconds before it was read is not remembered, so the next run reads it
 * again. That needs the clock which stamps the files to agree with this computer's.
 */
public final class BottleneckCache implements AutoCloseable {
  private final BottleneckCacheFolder folder;

  /** Set when SQLite stumbles over their table: then no more are put. */
  private boolean thumbnailsAreDamaged;

  BottleneckCache(BottleneckCacheFolder folder) {
    this.folder = folder;
  }

  /**
   * The version of SQLite, which is loaded for that.
   *
   * @throws PupilException (unavailable) if it cannot be loaded
   */
  public static String sqliteVersion() {
    return SqliteLibrary.version();
  }

  /** Whether a file of a folder belongs to a cache there, by its name. */
  public static boolean isCacheFile(String name) {
    return name.equals(BottleneckCacheFile.NAME) || name.startsWith(BottleneckCacheFile.NAME + "-");
  }

  /**
   * Begins to load SQLite in another thread, which takes a part of a short program's time. Not
   * needed, and harmless if it fails: {@link #open} says what is wrong.
   */
  public static void preload() {
    Thread loader = new Thread(SqliteLibrary::begin, "sqlite-loader");
    loader.setDaemon(true);
    // It may fail because the process is ending just then, which is nobody's trouble.
    loader.setUncaughtExceptionHandler((thread, failure) -> {});
    loader.start();
  }

  /**
   * Opens the cache of a folder; makes both, with the folder's parents, where they do not exist.
   *
   * @param bottleneckDir the folder
   * @throws PupilException UNAVAILABLE if the folder or the file cannot be made or written or is
   *     locked for more than 30 seconds; BAD_INPUT if the file is something else than a cache, or
   *     of another version of Pupil, or damaged. The file is then left as it was.
   */
  public static BottleneckCache open(Path bottleneckDir) {
    BottleneckCacheFolder folder = new BottleneckCacheFolder(bottleneckDir);
    folder.open();
    return new BottleneckCache(folder);
  }

  /**
   * The cache of a folder, which is made when something is first put into it: so whoever finds
   * nothing to put leaves nothing behind. A cache that is there is opened at once.
   *
   * @throws PupilException as {@link #open}; {@link #put} and {@link #remember} may throw it later
   */
  public static BottleneckCache openWhenNeeded(Path bottleneckDir) {
    return BottleneckCacheFile.isIn(bottleneckDir)
        ? open(bottleneckDir)
        : new BottleneckCache(new BottleneckCacheFolder(bottleneckDir));
  }

  /**
   * What was in a photo's file.
   *
   * @param photo the photo as it was found, with the size and the modified time it had <em>before
   *     it was read</em>
   * @param content hash of all that was read
   * @param readAtMillis a time at or before the first byte was read, in milliseconds since 1970
   */
  public record PhotoContent(Photo photo, ContentHash content, long readAtMillis) {}

  /**
   * Looks up photos without reading them. 100,000 of them take about a second; beside the answer it
   * holds a few bytes a photo.
   *
   * @param key what the bottlenecks are to be made with
   * @param photos the photos, in any order, repeats allowed
   * @throws PupilException UNAVAILABLE or BAD_INPUT if the file cannot be read
   */
  public synchronized FoundBottlenecks find(BottleneckKey key, List<Photo> photos) {
    BottleneckCacheLookup nothing = new BottleneckCacheLookup(photos.size());
    BottleneckCacheLookup lookup =
        folder.reading(
            connection -> {
              BottleneckCacheLookup asked = new BottleneckCacheLookup(photos.size());
              new BottleneckCachePhotos(connection).find(photos, asked);
              findBottlenecks(connection, key, asked);
              return asked;
            },
            nothing);
    if (lookup.isDamaged()) {
      deleteDamaged(key, photos, lookup);
    }
    return new FoundBottlenecks(lookup);
  }

  /**
   * The keys under which bottlenecks of a backbone were put, those of the first time first.
   *
   * @param backboneSha256 SHA-256 of the backbone
   * @throws PupilException UNAVAILABLE or BAD_INPUT if the file cannot be read
   */
  public synchronized List<BottleneckKey> keys(String backboneSha256) {
    return folder.reading(
        connection -> new BottleneckCacheKeys(connection).ofBackbone(backboneSha256), List.of());
  }

  /**
   * Whether there may be any bottlenecks of a key: if not, nobody need look for one.
   *
   * @throws PupilException UNAVAILABLE or BAD_INPUT if the file cannot be read
   */
  public synchronized boolean knows(BottleneckKey key) {
    return folder.reading(
        connection -> new BottleneckCacheKeys(connection).find(key) != null, false);
  }

  /**
   * Looks up photos that have been read: bottlenecks of photos that were moved or renamed, and of
   * exact copies.
   *
   * @param key what the bottlenecks are to be made with
   * @param contents the photos' hashes, in any order, repeats allowed
   * @throws PupilException UNAVAILABLE or BAD_INPUT if the file cannot be read
   */
  public synchronized FoundBottlenecks findContents(BottleneckKey key, List<ContentHash> contents) {
    BottleneckCacheLookup nothing = BottleneckCacheLookup.of(contents);
    BottleneckCacheLookup lookup =
        folder.reading(
            connection -> {
              BottleneckCacheLookup asked = BottleneckCacheLookup.of(contents);
              new BottleneckCachePhotos(connection).findContents(asked);
              findBottlenecks(connection, key, asked);
              return asked;
            },
            nothing);
    if (lookup.isDamaged()) {
      deleteDamaged(key, List.of(), lookup);
    }
    return new FoundBottlenecks(lookup);
  }

  private static void findBottlenecks(
      Connection connection, BottleneckKey key, BottleneckCacheLookup lookup) throws SQLException {
    BottleneckCacheKeys.Row row = new BottleneckCacheKeys(connection).find(key);
    if (row == null) {
      return;
    }
    if (!row.intact()) {
      lookup.damagedKey = true;
      return;
    }
    new BottleneckCacheValues(connection).find(row, lookup);
  }

  /** Deletes what was seen to be damaged, if it still is: another process may have mended it. */
  private void deleteDamaged(BottleneckKey key, List<Photo> photos, BottleneckCacheLookup lookup) {
    List<Photo> damagedPhotos = lookup.damagedPhotos.stream().mapToObj(photos::get).toList();
    BottleneckCacheLookup damaged = lookup.only(lookup.damagedBottlenecks.stream().toArray());
    folder.writing(
        connection -> {
          new BottleneckCachePhotos(connection).deleteDamaged(damagedPhotos);
          BottleneckCacheKeys.Row row = new BottleneckCacheKeys(connection).find(key);
          if (row != null && row.intact()) {
            new BottleneckCacheValues(connection).deleteDamaged(row, damaged);
          }
        });
  }

  /**
   * Remembers what was in photos' files and what their bottlenecks are, all of it or, if this
   * throws, none of it. What was known of the same photos before is replaced.
   *
   * @param key what the bottlenecks were made with
   * @param read the photos
   * @param bottlenecks row {@code i} belongs to photo {@code i} of {@code read}
   * @throws IllegalArgumentException if there are not as many rows as photos, or the rows are not
   *     as long as the key's other bottlenecks
   * @throws PupilException UNAVAILABLE if the disk is full or fails; what earlier calls put stays
   */
  public void put(BottleneckKey key, List<PhotoContent> read, Bottlenecks bottlenecks) {
    put(key, read, bottlenecks, List.of());
  }

  /**
   * Remembers the same as {@link #put(BottleneckKey, List, Bottlenecks)}, and small pictures of the
   * photos with it.
   *
   * @param thumbnails a JPEG for each photo of {@code read}; or none at all, which leaves those
   *     that are there. Where the file is damaged in the place of thumbnails, they are left out:
   *     nothing is computed from them
   */
  public synchronized void put(
      BottleneckKey key,
      List<PhotoContent> read,
      Bottlenecks bottlenecks,
      List<byte[]> thumbnails) {
    if (bottlenecks.size() != read.size()) {
      throw new IllegalArgumentException(read.size() + " photos, but " + bottlenecks);
    }
    if (!thumbnails.isEmpty() && thumbnails.size() != read.size()) {
      throw new IllegalArgumentException(
          read.size() + " photos, but " + thumbnails.size() + " thumbnails");
    }
    boolean hadThumbnails = !thumbnailsAreDamaged;
    try {
      write(key, read, bottlenecks, thumbnails);
    } catch (PupilException e) {
      if (!hadThumbnails || !thumbnailsAreDamaged) {
        throw e;
      }
      write(key, read, bottlenecks, List.of());
    }
  }

  private void write(
      BottleneckKey key,
      List<PhotoContent> read,
      Bottlenecks bottlenecks,
      List<byte[]> thumbnails) {
    folder.writing(
        connection -> {
          int[] contentIds = putPhotos(connection, read);
          List<ContentHash> contents = read.stream().map(PhotoContent::content).toList();
          new BottleneckCacheValues(connection)
              .put(
                  new BottleneckCacheKeys(connection).findOrAdd(key, bottlenecks.floats()),
                  contents,
                  contentIds,
                  bottlenecks);
          if (!thumbnails.isEmpty() && !thumbnailsAreDamaged) {
            putThumbnails(connection, contents, contentIds, thumbnails);
          }
        });
  }

  private void putThumbnails(
      Connection connection, List<ContentHash> contents, int[] ids, List<byte[]> thumbnails)
      throws SQLException {
    try {
      new BottleneckCachePictures(connection, Table.THUMBNAIL).put(contents, ids, thumbnails);
      // They were of the pictures that were there.
      new BottleneckCachePictures(connection, Table.PERCEPTUAL_HASH).delete(ids);
    } catch (SQLException e) {
      thumbnailsAreDamaged = BottleneckCacheFailure.isDamage(e);
      throw e;
    }
  }

  /**
   * Bottlenecks of one key.
   *
   * @param key what they were made with
   * @param contents of the photos
   * @param bottlenecks row {@code i} belongs to content {@code i}
   */
  public record Share(BottleneckKey key, List<ContentHash> contents, Bottlenecks bottlenecks) {
    public Share {
      contents = List.copyOf(contents);
      if (bottlenecks.size() != contents.size()) {
        throw new IllegalArgumentException(contents.size() + " contents, but " + bottlenecks);
      }
    }
  }

  /**
   * Remembers bottlenecks of several keys, all of them or, if this throws, none.
   *
   * @throws IllegalArgumentException if rows are not as long as their key's other bottlenecks
   * @throws PupilException UNAVAILABLE if the disk is full or fails; what earlier calls put stays
   */
  public synchronized void putShares(List<Share> shares) {
    folder.writing(
        connection -> {
          BottleneckCacheKeys keys = new BottleneckCacheKeys(connection);
          for (Share share : shares) {
            new BottleneckCacheValues(connection)
                .put(
                    keys.findOrAdd(share.key(), share.bottlenecks().floats()),
                    share.contents(),
                    new BottleneckCachePhotos(connection).idsOf(share.contents()),
                    share.bottlenecks());
          }
        });
  }

  /**
   * Remembers what was in photos' files, all of it or, if this throws, none of it: for photos whose
   * bottlenecks {@link #findContents} has found.
   *
   * @throws PupilException UNAVAILABLE if the disk is full or fails; what earlier calls put stays
   */
  public synchronized void remember(List<PhotoContent> read) {
    folder.writing(connection -> putPhotos(connection, read));
  }

  /**
   * The small pictures of photos, by their contents.
   *
   * @param contents in any order, repeats allowed
   * @return a JPEG for each; an empty array where there is none, or a damaged one
   * @throws PupilException UNAVAILABLE or BAD_INPUT if the file cannot be read
   */
  public synchronized List<byte[]> thumbnails(List<ContentHash> contents) {
    return pictures(Table.THUMBNAIL, contents);
  }

  /**
   * What {@link #putHashes} has kept of photos, by their contents.
   *
   * @param contents in any order, repeats allowed
   * @return a value for each; an empty array where there is none, or a damaged one, or the
   *     thumbnail is another one now
   * @throws PupilException UNAVAILABLE or BAD_INPUT if the file cannot be read
   */
  public synchronized List<byte[]> hashes(List<ContentHash> contents) {
    return pictures(Table.PERCEPTUAL_HASH, contents);
  }

  private List<byte[]> pictures(Table table, List<ContentHash> contents) {
    BottleneckCacheLookup lookup = BottleneckCacheLookup.of(contents);
    byte[] @Nullable [] found =
        folder.reading(
            connection -> {
              new BottleneckCachePhotos(connection).findContents(lookup);
              return new BottleneckCachePictures(connection, table).find(lookup);
            },
            new byte[contents.size()][]);
    return Arrays.stream(found).map(value -> value == null ? new byte[0] : value).toList();
  }

  /**
   * Keeps what was worked out of photos' thumbnails, all of it or, if this throws, none of it:
   * until a thumbnail is replaced. Contents of which nothing is known are left out.
   *
   * @param hashes a value for each content, of at most 128 bytes
   * @throws PupilException UNAVAILABLE if the disk is full or fails; BAD_INPUT if the file is
   *     damaged
   */
  public synchronized void putHashes(List<ContentHash> contents, List<byte[]> hashes) {
    BottleneckCacheLookup lookup = BottleneckCacheLookup.of(contents);
    folder.writing(
        connection -> {
          new BottleneckCachePhotos(connection).findContents(lookup);
          new BottleneckCachePictures(connection, Table.PERCEPTUAL_HASH)
              .put(contents, lookup.contentIds, hashes);
        });
  }

  /**
   * What {@link #putNearDuplicates} has kept.
   *
   * @param digest of all that the value depends on
   * @return the value; empty where there is none, or a damaged one
   * @throws PupilException UNAVAILABLE or BAD_INPUT if the file cannot be read
   */
  public synchronized Optional<byte[]> nearDuplicates(ContentHash digest) {
    return folder.reading(
        connection -> new BottleneckCacheDerived(connection).find(digest), Optional.empty());
  }

  /**
   * Keeps the near-duplicates of many photos, all or, if this throws, nothing of it. The newest
   * {@value BottleneckCacheDerived#MOST} are kept, and none of more than {@value
   * BottleneckCacheDerived#MOST_BYTES} bytes.
   *
   * @param digest of all that the value depends on
   * @throws PupilException UNAVAILABLE if the disk is full or fails; BAD_INPUT if the file is
   *     damaged
   */
  public synchronized void putNearDuplicates(ContentHash digest, byte[] value) {
    folder.writing(connection -> new BottleneckCacheDerived(connection).put(digest, value));
  }

  private static int[] putPhotos(Connection connection, List<PhotoContent> read)
      throws SQLException {
    BottleneckCachePhotos photos = new BottleneckCachePhotos(connection);
    int[] contentIds = photos.idsOf(read.stream().map(PhotoContent::content).toList());
    photos.put(read, contentIds);
    return contentIds;
  }

  /**
   * How much room the disk has that the cache is on.
   *
   * @return bytes; {@link Long#MAX_VALUE} if nobody can tell
   */
  public long usableBytes() {
    return folder.usableBytes();
  }

  /** Closes the file. What was put is kept. Closing again does nothing. */
  @Override
  public synchronized void close() {
    folder.close();
  }
}
