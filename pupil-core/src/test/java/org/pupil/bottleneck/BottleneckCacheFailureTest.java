package org.pupil.bottleneck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.errors.PupilException;
import org.sqlite.SQLiteErrorCode;

/** Each message names the file, what is wrong with it and what can be done. */
class BottleneckCacheFailureTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SQLITE_FULL     | UNAVAILABLE | no space left for b.db: free some and run again (what is in it stays), or give another bottleneckDir
          SQLITE_BUSY     | UNAVAILABLE | b.db is locked by another program for more than 30 seconds: end that program or give another bottleneckDir
          SQLITE_LOCKED   | UNAVAILABLE | b.db is locked by another program for more than 30 seconds: end that program or give another bottleneckDir
          SQLITE_CANTOPEN | UNAVAILABLE | b.db cannot be written: make it and its folder writable or give another bottleneckDir
          SQLITE_READONLY | UNAVAILABLE | b.db cannot be written: make it and its folder writable or give another bottleneckDir
          SQLITE_PERM     | UNAVAILABLE | b.db cannot be written: make it and its folder writable or give another bottleneckDir
          SQLITE_IOERR    | UNAVAILABLE | reading or writing b.db failed (as SQLite says): check that disk or give another bottleneckDir
          SQLITE_PROTOCOL | UNAVAILABLE | reading or writing b.db failed (as SQLite says): check that disk or give another bottleneckDir
          SQLITE_NOLFS    | UNAVAILABLE | reading or writing b.db failed (as SQLite says): check that disk or give another bottleneckDir
          SQLITE_NOTADB   | BAD_INPUT   | b.db is not a cache of bottlenecks: move it away or give another bottleneckDir
          SQLITE_CORRUPT  | BAD_INPUT   | b.db is damaged (as SQLite says): move it away (its bottlenecks are then computed again) or give another bottleneckDir
          """)
  void whatSqliteReportsIsSaidToAPerson(
      SQLiteErrorCode code, PupilException.Kind kind, String message) {
    SQLException cause = new SQLException("as SQLite says", null, code.code);
    PupilException failure = BottleneckCacheFailure.of(Path.of("b.db"), cause);
    assertThat(failure).hasMessage(message).hasCause(cause);
    assertThat(failure.kind()).isEqualTo(kind);
  }
}
