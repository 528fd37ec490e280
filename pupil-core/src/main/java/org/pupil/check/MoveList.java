package org.pupil.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.pupil.errors.PupilException;

/**
 * A file that says which photos were moved from where, a JSON object a line. Each line is on the
 * disk before its photo is moved, so whatever happens, no photo is where nobody finds it: a photo
 * of which the line is there either was moved or is still in its old place.
 */
final class MoveList implements AutoCloseable {
  /** No list is larger: a million photos. */
  private static final long MOST_BYTES = 1 << 30;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final FileChannel channel;

  /**
   * A photo that is to be moved.
   *
   * @param from where it is, absolute
   * @param to where it goes, absolute
   * @param size of the file in bytes
   * @param modifiedMillis of the file
   */
  record Move(Path from, Path to, long size, long modifiedMillis) {}

  private MoveList(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Begins a list in a file that must not be there yet. */
  static MoveList begin(Path file) throws IOException {
    return new MoveList(
        file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /** Where it is. */
  Path file() {
    return file;
  }

  /** Notes what is about to be moved, and waits until that is on the disk. */
  void add(Move move) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("from", move.from().toString());
    line.put("to", move.to().toString());
    line.put("size", move.size());
    line.put("modified_millis", move.modifiedMillis());
    ByteBuffer bytes =
        ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /**
   * Reads a list. A last line that is cut off is none: its photo was not moved.
   *
   * @throws PupilException (bad input) if it is no such list
   */
  static List<Move> read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw noList(file, 1, null);
    }
    String text = Files.readString(file, StandardCharsets.UTF_8);
    List<Move> moves = new ArrayList<>();
    int number = 0;
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      number++;
      try {
        JsonNode node = JSON.readTree(line);
        Path from = Path.of(node.path("from").asText());
        Path to = Path.of(node.path("to").asText());
        if (!from.isAbsolute() || !to.isAbsolute()) {
          throw noList(file, number, null);
        }
        moves.add(
            new Move(
                from, to, node.path("size").asLong(-1), node.path("modified_millis").asLong(-1)));
      } catch (JsonProcessingException | InvalidPathException e) {
        throw noList(file, number, e);
      }
    }
    return moves;
  }

  private static PupilException noList(Path file, int line, Exception cause) {
    String message =
        "%s is no list of moved photos (line %d): give the one that was written when they were moved"
            .formatted(file, line);
    return cause == null
        ? PupilException.badInput(message)
        : PupilException.badInput(message, cause);
  }
}
