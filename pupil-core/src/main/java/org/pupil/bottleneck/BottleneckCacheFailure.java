package org.pupil.bottleneck;

import java.nio.file.Path;
import java.sql.SQLException;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.sqlite.SQLiteErrorCode;

/** What SQLite's errors mean for the person at the keyboard, and what can be done. */
final class BottleneckCacheFailure {
  private BottleneckCacheFailure() {}

  static PupilException of(Path path, SQLException e) {
    return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode())) {
      case SQLITE_FULL ->
          PupilException.unavailable(
              Message.of(
                  "no space left for "
                      + path
                      + ": free some and run again (what is in it stays), or give another"
                      + " ",
                  Setting.BOTTLENECK_DIR),
              e);
      case SQLITE_BUSY, SQLITE_LOCKED ->
          PupilException.unavailable(
              Message.of(
                  path
                      + " is locked by another program for more than "
                      + BottleneckCacheFile.BUSY_TIMEOUT_MILLIS / 1000
                      + " seconds: end that program or give another ",
                  Setting.BOTTLENECK_DIR),
              e);
      case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM ->
          PupilException.unavailable(notWritable(path), e);
      case SQLITE_IOERR, SQLITE_PROTOCOL, SQLITE_NOLFS ->
          PupilException.unavailable(
              Message.of(
                  "reading or writing "
                      + path
                      + " failed ("
                      + e.getMessage()
                      + "): check that disk or give another ",
                  Setting.BOTTLENECK_DIR),
              e);
      case SQLITE_NOTADB -> PupilException.badInput(notACache(path), e);
      default ->
          PupilException.badInput(
              Message.of(
                  path
                      + " is damaged ("
                      + e.getMessage()
                      + "): move it away (its bottlenecks are then computed again) or give another"
                      + " ",
                  Setting.BOTTLENECK_DIR),
              e);
    };
  }

  /** Whether the file is not as SQLite left it. */
  static boolean isDamage(SQLException e) {
    return SQLiteErrorCode.getErrorCode(e.getErrorCode()) == SQLiteErrorCode.SQLITE_CORRUPT;
  }

  static Message notACache(Path path) {
    return Message.of(
        path,
        " is not a cache of bottlenecks: move it away or give another ",
        Setting.BOTTLENECK_DIR);
  }

  static Message notWritable(Path path) {
    return Message.of(
        path,
        " cannot be written: make it and its folder writable or give another ",
        Setting.BOTTLENECK_DIR);
  }
}
