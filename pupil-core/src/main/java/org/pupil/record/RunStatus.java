package org.pupil.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.pupil.files.WholeFile;

/**
 * What a training run is doing right now: the file {@code pupil-run.json} in the folder of its
 * event files, which {@code docs/formats.md} specifies. It is there before any event, and is
 * written anew about twice a second, so a reader sees by the time in it whether the training run is
 * still alive.
 *
 * @param state whether it goes on, or how it ended
 * @param doing what it does, or did last
 * @param started seconds since 1970
 * @param updated seconds since 1970
 * @param done photos or steps that are done, by {@code doing}
 * @param total how many there will be; empty if nobody knows
 * @param secondsLeft until {@code total} is reached; empty if nobody knows
 * @param message sentences for a person about how it ended; empty while it goes on
 */
public record RunStatus(
    State state,
    Doing doing,
    double started,
    double updated,
    long done,
    OptionalLong total,
    OptionalDouble secondsLeft,
    String message) {
  /** The file's name. */
  public static final String FILE = "pupil-run.json";

  private static final int FORMAT = 1;
  private static final int MOST_BYTES = 1 << 16;
  private static final int LONGEST_MESSAGE = 2000;
  private static final JsonFactory JSON = new JsonFactory();

  /** Only what reads needs it: it takes longer to make than all that a training run writes. */
  private static final class Reading {
    static final JsonMapper JSON = new JsonMapper();
  }

  /** Whether it goes on, or how it ended. */
  public enum State {
    RUNNING,
    FINISHED,
    /** By a person, with Ctrl-C or a signal. */
    STOPPED,
    FAILED
  }

  /** The stops of a training run that take time. */
  public enum Doing {
    /** The backbone is fetched and opened. */
    PREPARING,
    /** Bottlenecks are computed, a photo each. */
    LOOKING,
    /** The final layer is trained, step by step. */
    LEARNING,
    /** The test photos are judged and the model is written. */
    FINISHING
  }

  public RunStatus {
    if (!Double.isFinite(started) || !Double.isFinite(updated) || done < 0) {
      throw new IllegalArgumentException("a status needs times and no negative number");
    }
    if (message.length() > LONGEST_MESSAGE) {
      message = message.substring(0, LONGEST_MESSAGE);
    }
  }

  /**
   * Writes it, whole or not at all. It is not forced to the disk: half a second later it is stale.
   *
   * @throws org.pupil.errors.PupilException (unavailable) if it cannot be written
   */
  public void write(Path folder) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeNumberField("format", FORMAT);
      json.writeStringField("state", name(state));
      json.writeStringField("doing", name(doing));
      json.writeNumberField("started", started);
      json.writeNumberField("updated", updated);
      json.writeNumberField("done", done);
      if (total.isPresent()) {
        json.writeNumberField("total", total.getAsLong());
      }
      if (secondsLeft.isPresent()) {
        json.writeNumberField("seconds_left", secondsLeft.getAsDouble());
      }
      if (!message.isEmpty()) {
        json.writeStringField("message", message);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can always be written", e);
    }
    WholeFile.writeForNow(folder.resolve(FILE), text + "\n");
  }

  /** Reads one; empty if the file is gone, or is none of this format. */
  public static Optional<RunStatus> read(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes(MOST_BYTES + 1);
      return content.length > MOST_BYTES ? Optional.empty() : of(Reading.JSON.readTree(content));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // not ours
    } catch (IOException e) {
      return Optional.empty(); // just replaced, or nobody's to read: the event files stay
    }
  }

  private static Optional<RunStatus> of(JsonNode json) {
    Optional<State> state = constant(State.class, json.path("state"));
    Optional<Doing> doing = constant(Doing.class, json.path("doing"));
    double started = json.path("started").asDouble(Double.NaN);
    double updated = json.path("updated").asDouble(Double.NaN);
    long done = json.path("done").asLong(-1);
    if (json.path("format").asInt() != FORMAT
        || state.isEmpty()
        || doing.isEmpty()
        || !Double.isFinite(started)
        || !Double.isFinite(updated)
        || done < 0) {
      return Optional.empty();
    }
    JsonNode total = json.path("total");
    double left = json.path("seconds_left").asDouble(Double.NaN);
    return Optional.of(
        new RunStatus(
            state.get(),
            doing.get(),
            started,
            updated,
            done,
            total.canConvertToLong() ? OptionalLong.of(total.asLong()) : OptionalLong.empty(),
            left >= 0 && Double.isFinite(left) ? OptionalDouble.of(left) : OptionalDouble.empty(),
            json.path("message").asText("")));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> Optional<E> constant(Class<E> kind, JsonNode json) {
    for (E constant : kind.getEnumConstants()) {
      if (name(constant).equals(json.asText())) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
