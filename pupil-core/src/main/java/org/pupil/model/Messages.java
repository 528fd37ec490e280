package org.pupil.model;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pupil.files.InputFile;

/** Protocol buffers from files that nobody vouches for. */
final class Messages {
  /** More than the largest backbones by far. */
  private static final long MAX_BYTES = 1L << 30;

  private Messages() {}

  /**
   * Reads a message.
   *
   * @throws InvalidProtocolBufferException if the file is no such message, is cut off, or does not
   *     fit into the memory
   * @throws IOException if it cannot be read, as what is no file on a disk
   */
  static <M extends MessageLite> M read(Path file, Parser<M> parser) throws IOException {
    InputFile.checkRegular(file);
    if (Files.size(file) > MAX_BYTES) {
      throw new InvalidProtocolBufferException("it is larger than 1 GB");
    }
    try {
      return parser.parseFrom(InputFile.read(file, MAX_BYTES));
    } catch (OutOfMemoryError e) {
      // The file asked for too much; what else is in memory is as it was.
      throw new InvalidProtocolBufferException("it does not fit into the memory of Java");
    }
  }
}
