package org.pupil.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
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
 * of which the line is there either was moved or is still in its old place. The first line names
 * the folder of the labels; the others are of photos.
 *
 * <p>A list may come from a stranger. So it only speaks of what lies below its own folder and goes
 * below the folder of the labels.
 */
final class MoveList implements AutoCloseable {
  /** No list is larger: a million photos. */
  private static final long MOST_BYTES = 1 << 30;

  /** The field of the first line. */
  private static final String IMAGE_DIR = "image_dir";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final FileChannel channel;

  /**
   * A photo that is to be moved. Both paths have neither {@code ..} nor {@code .} in them.
   *
   * @param from where it is, below the folder of the labels
   * @param to where it goes, below the folder of the list
   * @param size of the file in bytes
   * @param modifiedMillis of the file
   */
  record Move(Path from, Path to, long size, long modifiedMillis) {
    Move {
      if (!isBelow(from) || !isBelow(to)) {
        throw new IllegalArgumentException("a photo is below its folder: " + from + ", " + to);
      }
    }
  }

  /**
   * What a list says.
   *
   * @param imageDir the folder of the labels, absolute
   */
  record Content(Path imageDir, List<Move> moves) {}

  /** Whether a path leads from a folder to something in it. */
  private static boolean isBelow(Path path) {
    return !path.isAbsolute()
        && path.getRoot() == null
        && path.equals(path.normalize())
        && !path.startsWith("..")
        && !path.toString().isEmpty();
  }

  private MoveList(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Begins a list in a file that must not be there yet.
   *
   * @param imageDir the folder of the labels, absolute
   */
  static MoveList begin(Path file, Path imageDir) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    MoveList list = new MoveList(file, channel);
    ObjectNode line = JSON.createObjectNode();
    line.put(IMAGE_DIR, imageDir.toString());
    try {
      list.write(line);
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(file); // nothing was moved, so no list of it is left
      throw e;
    }
    return list;
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
    write(line);
  }

  private void write(ObjectNode line) throws IOException {
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
  static Content read(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
      Files.size(file); // what is not there is said so
      throw noList(file, 1, null);
    }
    List<String> lines = lines(file);
    if (lines.isEmpty()) {
      throw noList(file, 1, null);
    }
    Path imageDir = imageDir(file, lines.get(0));
    List<Move> moves = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      try {
        JsonNode node = JSON.readTree(lines.get(i));
        moves.add(
            new Move(
                Path.of(node.path("from").asText()),
                Path.of(node.path("to").asText()),
                node.path("size").asLong(-1),
                node.path("modified_millis").asLong(-1)));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw noList(file, i + 1, e);
      }
    }
    return new Content(imageDir, moves);
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (CharacterCodingException e) {
      throw noList(file, 1, e);
    }
  }

  private static Path imageDir(Path file, String line) {
    try {
      Path imageDir = Path.of(JSON.readTree(line).path(IMAGE_DIR).asText());
      if (imageDir.isAbsolute()) {
        return imageDir;
      }
    } catch (JsonProcessingException | InvalidPathException e) {
      throw noList(file, 1, e);
    }
    throw noList(file, 1, null);
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
