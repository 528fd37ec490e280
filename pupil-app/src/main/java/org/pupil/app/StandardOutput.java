package org.pupil.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The process's stdout; remembers why it failed, which {@link java.io.PrintStream} does not. */
final class StandardOutput extends FilterOutputStream {
  /** What the system says when the reader at the other end of a pipe has gone. */
  private static final String READER_IS_GONE = "Broken pipe";

  private @Nullable IOException failure;

  StandardOutput() {
    super(new FileOutputStream(FileDescriptor.out));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** One line about the failure; none if all is well, or the reader has seen enough. */
  Optional<String> complaint() {
    return Optional.ofNullable(failure)
        .map(IOException::getMessage)
        .filter(reason -> !reason.equals(READER_IS_GONE))
        .map(reason -> "cannot write to standard output: " + reason);
  }
}
