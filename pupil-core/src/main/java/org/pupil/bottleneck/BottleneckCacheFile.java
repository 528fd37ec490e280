package org.pupil.bottleneck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.FileTrouble;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * The one file of a cache: opened, known to be ours, and read and written in transactions. Not safe
 * for use by several threads at once.
 *
 * <p>The file is an SQLite 3 database in write-ahead-log mode. Its {@code application_id} is
 * 0x5075706C ("Pupl") and its {@code user_version} is the format's number. Format 1:
 *
 * <pre>
 * bottleneck_key  id, backbone, preprocessing, floats, checksum   one row a {@link BottleneckKey}
 * content         id, sha256                                      one row a photo's content
 * photo           path, size, modified_millis, content, checksum  what was in that file
 * bottleneck      id, checksum, value                             id = key's id * 2^32 + content's id
 * thumbnail       id, checksum, value                             id = content's id
 * perceptual_hash id, checksum, value                             id = content's id
 * near_duplicates id, digest, checksum, value                     the highest id is the newest
 * </pre>
 *
 * <p>A bottleneck's value is its floats, little-endian, 4 bytes each; a thumbnail's is a JPEG; a
 * hash's is what was given, and of the thumbnail that is there; that of near-duplicates is what was
 * given. What the checksums cover is written in {@link BottleneckCacheChecksum}.
 */
final class BottleneckCacheFile implements AutoCloseable {
  static final String NAME = "bottlenecks.db";
  static final int FORMAT = 1;
  private static final int APPLICATION_ID = 0x5075706C;

  static final int BUSY_TIMEOUT_MILLIS = 30_000;
  private static final int BUSY_PAUSE_MILLIS = 5;

  /** Something to find out inside a transaction. */
  interface Question<T extends @Nullable Object> {
    T ask(Connection connection) throws SQLException;
  }

  /** Something to change inside a transaction. */
  interface Change {
    void make(Connection connection) throws SQLException;
  }

  private final Path path;
  private final Connection connection;

  /** Whether something has the file's place in a folder. */
  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(NAME), LinkOption.NOFOLLOW_LINKS);
  }

  private BottleneckCacheFile(Path path, Connection connection) {
    this.path = path;
    this.connection = connection;
  }

  /**
   * Opens the cache of a folder; makes both where they do not exist.
   *
   * @throws PupilException if the folder or the file cannot be made or written, or the file is
   *     something else than a cache of this format. The file is then left as it was.
   */
  static BottleneckCacheFile open(Path folder) {
    SqliteLibrary.load();
    makeFolder(folder);
    Path path = folder.toAbsolutePath().resolve(NAME);
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    refuseOneByte(path);
    BottleneckCacheFile file;
    try {
      // As a URI, because the driver takes a question mark in a plain path for options.
      file = new BottleneckCacheFile(path, config.createConnection("jdbc:sqlite:" + path.toUri()));
    } catch (SQLException e) {
      throw BottleneckCacheFailure.of(path, e);
    }
    try {
      file.prepare();
      return file;
    } catch (SQLException e) {
      throw file.closedAfter(BottleneckCacheFailure.of(path, e));
    } catch (PupilException e) {
      throw file.closedAfter(e);
    }
  }

  private static void makeFolder(Path folder) {
    if (Files.isDirectory(folder)) {
      return;
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw PupilException.unavailable(
          Message.of(
              "cannot make the folder for bottlenecks "
                  + folder
                  + " ("
                  + FileTrouble.reason(e)
                  + "): give another ",
              Setting.BOTTLENECK_DIR),
          e);
    }
  }

  /** SQLite takes a file of one byte for an empty one and would write over it. */
  private static void refuseOneByte(Path path) {
    try {
      if (Files.isRegularFile(path) && Files.size(path) == 1) {
        throw PupilException.badInput(BottleneckCacheFailure.notACache(path));
      }
    } catch (IOException e) {
      throw PupilException.unavailable(BottleneckCacheFailure.notWritable(path), e);
    }
  }

  private void prepare() throws SQLException {
    execute("PRAGMA trusted_schema = OFF");
    execute("PRAGMA cell_size_check = ON");
    // Before anything is written to it: the file may be somebody else's.
    transaction(
        "BEGIN",
        readable -> {
          refuseOthers();
          return null;
        });
    useWriteAheadLog();
    // Also shows that the file can be written before the first photo is decoded.
    writing(
        writable -> {
          refuseOthers();
          if (isNew()) {
            for (String sql : BottleneckCacheSchema.FIRST_TABLES) {
              execute(sql);
            }
            execute("PRAGMA application_id = " + APPLICATION_ID);
            execute("PRAGMA user_version = " + FORMAT);
          }
          for (String sql : BottleneckCacheSchema.LATER_TABLES) {
            execute(sql);
          }
        });
  }

  /** Whether the file has no tables yet; if not, it has ours, since it was not refused. */
  private boolean isNew() throws SQLException {
    return number("PRAGMA application_id") == 0;
  }

  /**
   * Returns if the file has no tables yet, or ours.
   *
   * @throws PupilException (bad input) if it has others
   */
  private void refuseOthers() throws SQLException {
    int applicationId = number("PRAGMA application_id");
    int format = number("PRAGMA user_version");
    if (applicationId == APPLICATION_ID && format == FORMAT) {
      new BottleneckCacheSchema(connection).check(path);
    } else if (applicationId == APPLICATION_ID) {
      throw PupilException.badInput(
          Message.of(
              path
                  + " was written by another version of Pupil (format "
                  + format
                  + ", this one reads "
                  + FORMAT
                  + "): use that version or give another ",
              Setting.BOTTLENECK_DIR));
    } else if (applicationId != 0
        || format != 0
        || number("SELECT count(*) FROM sqlite_schema") != 0) {
      throw PupilException.badInput(
          Message.of(
              path
                  + " is another program's database, not a cache of bottlenecks:"
                  + " give another ",
              Setting.BOTTLENECK_DIR));
    }
  }

  /**
   * With the write-ahead log a commit is one append to a file and readers do not wait for writers.
   * Its {@code synchronous = NORMAL} does not wait for the disk at a commit: a killed process loses
   * nothing that was committed, a power cut may lose the last commits but breaks nothing. A file
   * system that cannot do it keeps SQLite's rollback journal and waits for the disk.
   */
  private void useWriteAheadLog() throws SQLException {
    for (int waitedMillis = 0; ; waitedMillis += BUSY_PAUSE_MILLIS) {
      try {
        if (text("PRAGMA journal_mode = WAL").equals("wal")) {
          execute("PRAGMA synchronous = NORMAL");
        }
        return;
      } catch (SQLException e) {
        // Two processes that make one file at once: SQLite's own waiting does not cover this.
        if (e.getErrorCode() != SQLiteErrorCode.SQLITE_BUSY.code
            || waitedMillis >= BUSY_TIMEOUT_MILLIS) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BUSY_PAUSE_MILLIS));
      }
    }
  }

  /** Answers from the file as it is now, whatever others write meanwhile. */
  <T> T reading(Question<T> question) {
    return transaction("BEGIN", question);
  }

  /** Makes all of a change, or none of it if it throws. */
  void writing(Change change) {
    transaction(
        "BEGIN IMMEDIATE",
        writable -> {
          change.make(writable);
          return null;
        });
  }

  private <T extends @Nullable Object> T transaction(String begin, Question<T> work) {
    try {
      execute(begin);
      try {
        T result = work.ask(connection);
        execute("COMMIT");
        return result;
      } catch (SQLException | RuntimeException e) {
        rollBackAfter(e);
        throw e;
      }
    } catch (SQLException e) {
      throw BottleneckCacheFailure.of(path, e);
    }
  }

  private void rollBackAfter(Exception cause) {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has already rolled back after some errors, such as a full disk.
      cause.addSuppressed(e);
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getString(1) : "";
    }
  }

  private int number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  private PupilException closedAfter(PupilException cause) {
    try {
      connection.close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw BottleneckCacheFailure.of(path, e);
    }
  }
}
