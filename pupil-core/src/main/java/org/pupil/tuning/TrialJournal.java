package org.pupil.tuning;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.FileTrouble;
import org.pupil.tuning.FoldOutcome.CurvePoint;
import org.pupil.tuning.FoldOutcome.FineTuned;

/**
 * What folds have said of trials, in a file {@value #FILE}, so that a search that was ended can go
 * on: it thinks of the same trials again, and need not train what is written there. {@code
 * docs/formats.md} specifies it.
 *
 * <p>Each line is handed to the operating system before the next fold is begun, so a process that
 * is killed loses at most what it was just training. A line that is damaged, or was cut, is as if
 * it were absent.
 */
final class TrialJournal implements AutoCloseable {
  /** The file's name. */
  static final String FILE = "pupil-tuning.jsonl";

  private static final int FORMAT = 1;
  private static final String FINE_TUNED = "fine_tuned";
  private static final int LONGEST_LINE = 1 << 26;
  private static final int MOST_POINTS = 10_000;
  private static final JsonFactory JSON = new JsonFactory();
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path file;
  private final FileChannel channel;
  private final Map<String, FoldOutcome> known;

  private TrialJournal(Path file, FileChannel channel, Map<String, FoldOutcome> known) {
    this.file = file;
    this.channel = channel;
    this.known = known;
  }

  /**
   * Begins a journal.
   *
   * @param search what the outcomes depend on, in a few named texts
   * @throws PupilException (unavailable) if it cannot be written
   */
  static TrialJournal begin(Path folder, Map<String, String> search) {
    Path file = folder.resolve(FILE);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      TrialJournal journal = new TrialJournal(file, channel, new HashMap<>());
      journal.append(header(search));
      return journal;
    } catch (IOException e) {
      throw notWritten(file, e);
    }
  }

  /**
   * Goes on with a journal.
   *
   * @param search what the outcomes depend on now
   * @param heldOut number of photos that each fold holds out
   * @throws PupilException (bad input) if there is none, or it is of another search; (unavailable)
   *     if it cannot be read or written
   */
  static TrialJournal resume(Path folder, Map<String, String> search, int[] heldOut) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw PupilException.badInput(
          "there is no search to go on with in %s: begin one".formatted(folder));
    }
    Map<String, FoldOutcome> known = new HashMap<>();
    try {
      try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        checkHeader(
            file, Optional.ofNullable(lines.readLine()).flatMap(TrialJournal::json), search);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.length() < LONGEST_LINE) {
            json(line).ifPresent(one -> read(one, heldOut, known));
          }
        }
      }
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      channel.position(channel.size());
      TrialJournal journal = new TrialJournal(file, channel, known);
      journal.append(""); // the last line may have been cut
      return journal;
    } catch (IOException e) {
      throw PupilException.unavailable(
          "cannot read " + file + ": " + FileTrouble.reason(e) + "; begin a new search", e);
    }
  }

  private static void checkHeader(
      Path file, Optional<JsonNode> header, Map<String, String> search) {
    if (header.isEmpty() || header.get().path("pupil_tuning").asInt() != FORMAT) {
      throw PupilException.badInput(
          file + " is no journal of a search that this Pupil can read: begin a new search");
    }
    search.forEach(
        (name, value) -> {
          String before = header.get().path(name).asText("");
          if (!before.equals(value)) {
            throw PupilException.badInput(
                name.equals("photos")
                    ? "the photos, or how they are divided, have changed since the search in %s was begun: begin a new search"
                        .formatted(file.getParent())
                    : "the search in %s was begun with %s %s, not %s: say the same again, or begin a new search"
                        .formatted(file.getParent(), name, before, value));
          }
        });
  }

  /** What a fold has said before; empty if it was not asked. */
  synchronized Optional<FoldOutcome> find(Configuration configuration, int fold) {
    return Optional.ofNullable(known.get(key(configuration.toString(), fold)));
  }

  private static String key(String configuration, int fold) {
    return fold + " " + configuration;
  }

  /**
   * Keeps what a fold has said.
   *
   * @throws PupilException (unavailable) if it cannot be written
   */
  synchronized void keep(Configuration configuration, int fold, FoldOutcome outcome) {
    try {
      append(line(configuration.toString(), fold, outcome));
    } catch (IOException e) {
      throw notWritten(file, e);
    }
  }

  private void append(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static PupilException notWritten(Path file, IOException e) {
    return PupilException.unavailable(
        Message.of(
            "cannot write "
                + file
                + ": "
                + FileTrouble.reason(e)
                + "; free some space or choose another ",
            Setting.FOLDER),
        e);
  }

  // --- lines

  private static String header(Map<String, String> search) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("pupil_tuning", FORMAT);
      for (Map.Entry<String, String> one : search.entrySet()) {
        json.writeStringField(one.getKey(), one.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can always be written", e);
    }
    return text.toString();
  }

  private static String line(String configuration, int fold, FoldOutcome outcome) {
    byte[] losses = bytes(outcome.losses());
    byte[] right = outcome.right().toByteArray();
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("configuration", configuration);
      json.writeNumberField("fold", fold);
      json.writeNumberField("seconds", outcome.seconds());
      if (outcome.failure().isPresent()) {
        json.writeStringField(
            outcome.failure().get().isDivergence() ? "diverged" : "failed",
            outcome.failure().get().reason());
      }
      if (outcome.fineTuned() != FineTuned.NOT_TRIED) {
        json.writeBooleanField(FINE_TUNED, outcome.fineTuned() == FineTuned.KEPT);
      }
      json.writeStringField("losses", Base64.getEncoder().encodeToString(losses));
      json.writeStringField("right", Base64.getEncoder().encodeToString(right));
      json.writeArrayFieldStart("curve");
      for (CurvePoint point : outcome.curve()) {
        json.writeArray(
            new double[] {
              point.step(),
              point.trainAccuracy(),
              point.trainCrossEntropy(),
              point.accuracy(),
              point.crossEntropy()
            },
            0,
            5);
      }
      json.writeEndArray();
      json.writeNumberField("checksum", checksum(configuration, fold, losses, right));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can always be written", e);
    }
    return text.toString();
  }

  private static Optional<JsonNode> json(String line) {
    try {
      return Optional.ofNullable(MAPPER.readTree(line)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static void read(JsonNode line, int[] heldOut, Map<String, FoldOutcome> into) {
    try {
      String configuration = line.path("configuration").asText("");
      int fold = line.path("fold").asInt(-1);
      byte[] losses = Base64.getDecoder().decode(line.path("losses").asText("!"));
      byte[] right = Base64.getDecoder().decode(line.path("right").asText("!"));
      if (fold < 0
          || fold >= heldOut.length
          || line.path("checksum").asLong(-1) != checksum(configuration, fold, losses, right)) {
        return;
      }
      Optional<FoldOutcome.Failure> failure = failure(line);
      int photos = failure.isPresent() ? 0 : heldOut[fold];
      if (losses.length != photos * Float.BYTES || BitSet.valueOf(right).length() > photos) {
        return;
      }
      into.put(
          key(configuration, fold),
          new FoldOutcome(
                  floats(losses),
                  BitSet.valueOf(right),
                  line.path("seconds").asDouble(),
                  curve(line.path("curve")),
                  failure)
              .with(fineTuned(line)));
    } catch (IllegalArgumentException e) {
      return; // no line of ours: that fold is asked again
    }
  }

  private static FineTuned fineTuned(JsonNode line) {
    if (!line.has(FINE_TUNED)) {
      return FineTuned.NOT_TRIED;
    }
    return line.path(FINE_TUNED).asBoolean() ? FineTuned.KEPT : FineTuned.NOT_KEPT;
  }

  private static Optional<FoldOutcome.Failure> failure(JsonNode line) {
    if (line.has("diverged")) {
      return Optional.of(new FoldOutcome.Failure(true, line.path("diverged").asText()));
    }
    return line.has("failed")
        ? Optional.of(new FoldOutcome.Failure(false, line.path("failed").asText()))
        : Optional.empty();
  }

  private static List<CurvePoint> curve(JsonNode points) {
    List<CurvePoint> curve = new ArrayList<>();
    for (JsonNode point : points) {
      if (point.size() == 5 && curve.size() < MOST_POINTS) {
        curve.add(
            new CurvePoint(
                point.get(0).asInt(),
                point.get(1).asDouble(),
                point.get(2).asDouble(),
                point.get(3).asDouble(),
                point.get(4).asDouble()));
      }
    }
    return curve;
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  private static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** CRC-32C over {@code FOLD CONFIGURATION}, the losses and what was right. */
  private static long checksum(String configuration, int fold, byte[] losses, byte[] right) {
    CRC32C crc = new CRC32C();
    for (byte[] part :
        List.of(key(configuration, fold).getBytes(StandardCharsets.UTF_8), losses, right)) {
      crc.update(part, 0, part.length);
    }
    return crc.getValue();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw notWritten(file, e);
    }
  }
}
