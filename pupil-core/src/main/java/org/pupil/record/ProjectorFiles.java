package org.pupil.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;
import org.pupil.files.WholeFile;

/**
 * What TensorBoard's projector page reads: vectors with a name, and of each a thumbnail and what is
 * known of it. There are no events of it, only files in a run folder, and TensorBoard looks for
 * them when it first sees the run: write them before the run's first event.
 *
 * <p>A file that is there is replaced only if Pupil wrote it: the settings and the thumbnails say
 * so in a comment, the table has Pupil's first line, the vectors have a name that only Pupil gives.
 */
public final class ProjectorFiles {
  /** More floats than this are not for a web page: 32 megabytes. */
  public static final int MOST_FLOATS = 8 << 20;

  /** What must stand as a comment in the picture of the thumbnails. */
  public static final String SPRITE_COMMENT = "pupil.projector";

  static final String CONFIG = "projector_config.pbtxt";
  static final String VECTORS = "bottlenecks.pupil.f32";
  static final String TABLE = "metadata.tsv";
  static final String SPRITE = "sprite.jpg";

  private static final String CONFIG_START =
      "# " + SPRITE_COMMENT + ": written by Pupil, with the files that it names.\n";
  private static final String TABLE_START = "label\tfile\tset";
  private static final String TABLE_REST = "\tpredicted\tprobability";
  private static final int START_BYTES = 64;

  /** Control characters, tabs and line feeds among them. */
  private static final Pattern ENDS_A_CELL = Pattern.compile("[\\p{Cntrl}\u2028\u2029]");

  /**
   * What is known of a point.
   *
   * @param label what it is
   * @param file where it comes from
   * @param set what it was used for
   * @param answer what it is taken for; empty for all of them, or for none
   */
  public record Point(String label, String file, String set, Optional<Answer> answer) {}

  /**
   * What a model says.
   *
   * @param label the predicted label
   * @param probability of it, 0 to 1
   */
  public record Answer(String label, float probability) {}

  /**
   * Thumbnails of all points in one picture, row by row.
   *
   * @param jpeg the file; not copied
   * @param side rows and columns of one thumbnail
   */
  @SuppressWarnings("ArrayRecordComponent") // goes straight to a file, is never compared
  public record Sprite(byte[] jpeg, int side) {}

  private ProjectorFiles() {}

  /**
   * The files that stand where these would be written and are not Pupil's, with the reason.
   *
   * @throws PupilException (unavailable) if a file there cannot be read
   */
  public static Map<Path, String> inTheWay(Path runDir) {
    Map<Path, String> found = new TreeMap<>();
    Map<String, String> starts = new TreeMap<>();
    starts.put(CONFIG, CONFIG_START);
    starts.put(TABLE, TABLE_START);
    starts.put(SPRITE, SPRITE_COMMENT);
    starts.put(VECTORS, "");
    starts.forEach(
        (name, start) -> {
          Path file = runDir.resolve(name);
          if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
          }
          if (Files.isSymbolicLink(file)) {
            found.put(file, "is a symbolic link");
          } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            found.put(file, "is not a file");
          } else if (!startOf(file).contains(start)) {
            found.put(file, "was not written by Pupil");
          }
        });
    return found;
  }

  private static String startOf(Path file) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return new String(in.readNBytes(2 * START_BYTES), StandardCharsets.ISO_8859_1);
    } catch (IOException refusal) {
      throw PupilException.unavailable(
          "cannot read " + file + ": " + FileTrouble.reason(refusal), refusal);
    }
  }

  /**
   * Writes all of them, the settings last; each appears whole.
   *
   * @param tensorName what the page calls the vectors
   * @param vectors at least 1, all of one length of at least 2, together at most {@link
   *     #MOST_FLOATS}
   * @param points one for each vector
   * @param sprite thumbnails in the same order; without, an old picture goes
   * @throws PupilException (unavailable) if they cannot be written
   */
  public static void write(
      Path runDir,
      String tensorName,
      List<float[]> vectors,
      List<Point> points,
      Optional<Sprite> sprite) {
    check(tensorName, vectors, points);
    writeVectors(runDir, vectors);
    writeTable(runDir, points);
    if (sprite.isPresent()) {
      write(runDir.resolve(SPRITE), sprite.get().jpeg());
    } else {
      remove(runDir.resolve(SPRITE));
    }
    WholeFile.write(
        runDir.resolve(CONFIG), config(tensorName, vectors.size(), vectors.get(0).length, sprite));
  }

  /**
   * What is there already is not written again: another training run on the same photos is common.
   */
  private static void write(Path file, byte[] content) {
    try {
      if (Files.isRegularFile(file)
          && Files.size(file) == content.length
          && Arrays.equals(Files.readAllBytes(file), content)) {
        return;
      }
    } catch (IOException unreadable) {
      // Then it is written, or that says what is wrong.
    }
    WholeFile.write(file, content);
  }

  private static void check(String tensorName, List<float[]> vectors, List<Point> points) {
    if (!tensorName.matches("[A-Za-z0-9_./-]+")) {
      throw new IllegalArgumentException("a tensor cannot be called " + tensorName);
    }
    if (vectors.isEmpty() || vectors.size() != points.size()) {
      throw new IllegalArgumentException(vectors.size() + " vectors of " + points.size());
    }
    int floats = vectors.get(0).length;
    if (floats < 2
        || (long) floats * vectors.size() > MOST_FLOATS
        || vectors.stream().anyMatch(vector -> vector.length != floats)) {
      throw new IllegalArgumentException(
          vectors.size() + " vectors cannot be shown: the first has " + floats + " numbers");
    }
  }

  /**
   * Writes other vectors for the same points.
   *
   * @param vectors as many and as long as those that were written
   * @throws PupilException (unavailable) if they cannot be written
   */
  public static void writeVectors(Path runDir, List<float[]> vectors) {
    write(runDir.resolve(VECTORS), bytes(vectors));
  }

  /**
   * Writes what is known of the points anew, when more is known.
   *
   * @param points as many as there are vectors, in their order
   * @throws PupilException (unavailable) if it cannot be written
   */
  public static void writeTable(Path runDir, List<Point> points) {
    boolean answered = points.stream().allMatch(point -> point.answer.isPresent());
    StringBuilder table = new StringBuilder(TABLE_START).append(answered ? TABLE_REST : "");
    table.append('\n');
    for (Point point : points) {
      table.append(cell(point.label)).append('\t').append(cell(point.file)).append('\t');
      table.append(cell(point.set));
      point
          .answer
          .filter(answer -> answered)
          .ifPresent(
              answer ->
                  table
                      .append('\t')
                      .append(cell(answer.label))
                      .append('\t')
                      .append(answer.probability));
      table.append('\n');
    }
    WholeFile.write(runDir.resolve(TABLE), table.toString());
  }

  private static String cell(String text) {
    return ENDS_A_CELL.matcher(text).replaceAll(" ");
  }

  private static byte[] bytes(List<float[]> vectors) {
    int floats = vectors.get(0).length;
    ByteBuffer bytes =
        ByteBuffer.allocate(vectors.size() * floats * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    var into = bytes.asFloatBuffer();
    vectors.forEach(into::put);
    return bytes.array();
  }

  /**
   * A ProjectorConfig as protobuf text. Written by hand: protobuf's TextFormat needs 100 classes
   * more when a run starts.
   */
  private static String config(String tensorName, int rows, int floats, Optional<Sprite> sprite) {
    String picture =
        sprite
            .map(
                one ->
                    """
                      sprite {
                        image_path: "%s"
                        single_image_dim: %d
                        single_image_dim: %d
                      }
                    """
                        .formatted(SPRITE, one.side(), one.side()))
            .orElse("");
    return CONFIG_START
        + """
        embeddings {
          tensor_name: "%s"
          tensor_shape: %d
          tensor_shape: %d
          tensor_path: "%s"
          metadata_path: "%s"
        %s}
        """
            .formatted(tensorName, rows, floats, VECTORS, TABLE, picture);
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException refusal) {
      throw PupilException.unavailable(
          "cannot remove " + file + ": " + FileTrouble.reason(refusal), refusal);
    }
  }
}
