package org.pupil.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pupil.errors.JavaMemory;
import org.pupil.files.InputFile;

/** Protocol buffers from files that nobody vouches for. */
final class Messages {
  /** More than the largest backbones by far. */
  private static final long MAX_BYTES = 1L << 30;

  private Messages() {}

  /**
   * Reads a message.
   *
   * @throws InvalidProtocolBufferException if the file is no such message, or is cut off
   * @throws IOException if it cannot be read, as what is no file on a disk; if it is too large, or
   *     does not fit into the memory
   */
  static <M extends MessageLite> M read(Path file, Parser<M> parser) throws IOException {
    InputFile.checkRegular(file);
    if (Files.size(file) > MAX_BYTES) {
      throw tooLarge();
    }
    return parse(() -> InputFile.read(file, MAX_BYTES), parser);
  }

  /**
   * Reads a message from a stream to its end.
   *
   * @throws InvalidProtocolBufferException as {@link #read(Path, Parser)}
   * @throws IOException if it cannot be read, is too large, or does not fit into the memory
   */
  static <M extends MessageLite> M read(InputStream in, Parser<M> parser) throws IOException {
    return parse(
        () -> {
          byte[] content = in.readNBytes((int) MAX_BYTES + 1);
          if (content.length > MAX_BYTES) {
            throw tooLarge();
          }
          return content;
        },
        parser);
  }

  private static IOException tooLarge() {
    return new IOException("it is larger than 1 GB");
  }

  /** Gives the bytes of a message, once. */
  private interface Content {
    byte[] read() throws IOException;
  }

  private static <M extends MessageLite> M parse(Content content, Parser<M> parser)
      throws IOException {
    try {
      // What is long, such as weights, is not copied out of the array.
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(content.read()).newCodedInput();
      in.enableAliasing(true);
      M message = parser.parseFrom(in);
      in.checkLastTagWas(0);
      return message;
    } catch (OutOfMemoryError e) {
      // The file asked for too much; what else is in memory is as it was.
      throw new IOException("it" + JavaMemory.TOO_SMALL, e);
    }
  }
}
