package org.pupil.model;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Protocol buffers from files that nobody vouches for. */
final class Messages {
  /** More than the largest backbones by far, and what protocol buffers allow. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - 8L;

  private Messages() {}

  /**
   * Reads a message.
   *
   * @throws InvalidProtocolBufferException if the file is no such message, is cut off, or does not
   *     fit into the memory
   * @throws IOException if it cannot be read
   */
  static <M extends MessageLite> M read(Path file, Parser<M> parser) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new InvalidProtocolBufferException("it is larger than 2 GB");
    }
    try {
      return parser.parseFrom(Files.readAllBytes(file));
    } catch (OutOfMemoryError e) {
      // The file asked for too much; what else is in memory is as it was.
      throw new InvalidProtocolBufferException("it does not fit into the memory of Java");
    }
  }
}
