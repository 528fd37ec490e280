package org.pupil.board.log;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import org.pupil.log.EventReader;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.Summary;

/**
 * A value that stands in an event file and is read when it is wanted.
 *
 * @param file the event file
 * @param offset where in it the record begins
 * @param tag the value's tag in the record
 * @param step the record's step
 * @param wallTime the record's time in seconds since 1970
 * @param samples how many images it has, 0 for another kind of value
 */
public record EventRecord(
    Path file, long offset, String tag, long step, double wallTime, int samples) {
  /**
   * Reads the tagged value.
   *
   * @throws IOException if the file is gone or is another one by now
   */
  public Summary.Value value() throws IOException {
    for (Summary.Value value : event().getSummary().getValueList()) {
      if (value.getTag().equals(tag)) {
        return value;
      }
    }
    throw changed();
  }

  /**
   * Reads the serialized graph, of a record that has the tag {@link Run#GRAPH_TAG}.
   *
   * @throws IOException if the file is gone or is another one by now
   */
  public ByteString graph() throws IOException {
    Event event = event();
    if (!event.hasGraphDef()) {
      throw changed();
    }
    return event.getGraphDef();
  }

  /**
   * Reads the serialized RunMetadata of a record of that kind.
   *
   * @throws IOException if the file is gone or is another one by now
   */
  public ByteString runMetadata() throws IOException {
    Event event = event();
    if (!event.hasTaggedRunMetadata()) {
      throw changed();
    }
    return event.getTaggedRunMetadata().getRunMetadata();
  }

  private Event event() throws IOException {
    try (EventReader reader = EventReader.of(file, offset)) {
      if (!reader.next()) {
        throw new IOException(file + ": " + EventFileState.reason(reader.status()));
      }
      return reader.event().orElseThrow(this::changed);
    }
  }

  private IOException changed() {
    return new IOException(file + " has changed: at offset " + offset + " was " + tag);
  }
}
