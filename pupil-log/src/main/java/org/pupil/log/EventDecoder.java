package org.pupil.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.SessionLog;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.SummaryMetadata;
import org.pupil.log.proto.TaggedRunMetadata;
import org.pupil.log.proto.TensorProto;

/**
 * Takes events apart without making objects of what is not kept: a log has millions of scalars, and
 * its images may be large. Everything else reads events by the generated classes, and a test holds
 * this reader against them.
 */
public final class EventDecoder {
  /** Hears what is in an event. */
  public interface Visitor {
    /** An event, whatever it has. */
    void event(double wallTime);

    /** A restart: what the run has at this step and later is of a training run that was killed. */
    void started(long step, double wallTime);

    /** A run's graph, or something else that the event is instead of a summary. */
    void graph(long step, double wallTime);

    /** What a step of a session cost, under a tag. */
    void runMetadata(String tag, long step, double wallTime);

    /**
     * A number.
     *
     * @param metadata what the log says of it, if it does here
     */
    void scalar(
        String tag, @Nullable SummaryMetadata metadata, long step, double wallTime, double value);

    /**
     * Another value.
     *
     * @param plugin the page that its old form belongs to, or empty
     * @param samples how many images it has
     */
    void value(
        String tag,
        String plugin,
        @Nullable SummaryMetadata metadata,
        int samples,
        long step,
        double wallTime);

    /** Which plugin a tag belongs to by an earlier value, or empty. */
    String pluginOf(String tag);
  }

  /** Width and height stand before the images. */
  private static final int IMAGE_SIZES = 2;

  private final Visitor visitor;
  private final TagNames tagNames = new TagNames();

  /** A decoder for one file after another: it remembers their tags. */
  public EventDecoder(Visitor visitor) {
    this.visitor = visitor;
  }

  /**
   * Takes one event apart.
   *
   * @param payload backed by an array
   * @throws IOException if the bytes are no event
   */
  public void decode(ByteBuffer payload) throws IOException {
    byte[] bytes = payload.array();
    int begin = payload.arrayOffset() + payload.position();
    CodedInputStream in = CodedInputStream.newInstance(bytes, begin, payload.remaining());
    double wallTime = 0;
    long step = 0;
    boolean graph = false;
    SessionLog session = null;
    TaggedRunMetadata runMetadata = null;
    int summaryAt = -1;
    int summaryLength = 0;
    for (int field = in.readTag(); field != 0; field = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(field)) {
        case Event.WALL_TIME_FIELD_NUMBER -> wallTime = in.readDouble();
        case Event.STEP_FIELD_NUMBER -> step = in.readInt64();
        case Event.GRAPH_DEF_FIELD_NUMBER -> {
          in.skipRawBytes(in.readRawVarint32());
          graph = true;
        }
        case Event.SUMMARY_FIELD_NUMBER -> {
          // Looked at in the end: wall time and step may stand behind it.
          summaryLength = in.readRawVarint32();
          summaryAt = in.getTotalBytesRead();
          in.skipRawBytes(summaryLength);
        }
        case Event.SESSION_LOG_FIELD_NUMBER -> session = SessionLog.parseFrom(in.readBytes());
        case Event.TAGGED_RUN_METADATA_FIELD_NUMBER ->
            runMetadata = TaggedRunMetadata.parseFrom(in.readBytes());
        default -> in.skipField(field);
      }
    }
    if (!Double.isFinite(wallTime)) {
      throw new IOException("the time of an event is " + wallTime);
    }
    visitor.event(wallTime);
    if (session != null && session.getStatus() == SessionLog.SessionStatus.START) {
      visitor.started(step, wallTime);
    }
    if (graph) {
      visitor.graph(step, wallTime);
    }
    if (runMetadata != null) {
      visitor.runMetadata(runMetadata.getTag(), step, wallTime);
    }
    if (summaryAt >= 0) {
      decodeSummary(bytes, begin + summaryAt, summaryLength, step, wallTime);
    }
  }

  private void decodeSummary(byte[] bytes, int begin, int length, long step, double wallTime)
      throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes, begin, length);
    for (int field = in.readTag(); field != 0; field = in.readTag()) {
      if (WireFormat.getTagFieldNumber(field) == Summary.VALUE_FIELD_NUMBER) {
        int outer = in.pushLimit(in.readRawVarint32());
        decodeValue(in, bytes, begin, step, wallTime);
        in.popLimit(outer);
      } else {
        in.skipField(field);
      }
    }
  }

  /**
   * @param in of the bytes from {@code begin} on
   */
  private void decodeValue(CodedInputStream in, byte[] bytes, int begin, long step, double wallTime)
      throws IOException {
    String tag = "";
    SummaryMetadata metadata = null;
    ByteString tensor = null;
    float number = 0;
    String oldForm = "";
    for (int field = in.readTag(); field != 0; field = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(field)) {
        case Summary.Value.TAG_FIELD_NUMBER -> {
          int length = in.readRawVarint32();
          int at = begin + in.getTotalBytesRead();
          in.skipRawBytes(length); // before the bytes are looked at: they may not be there
          tag = tagNames.of(bytes, at, length);
        }
        case Summary.Value.METADATA_FIELD_NUMBER ->
            metadata = SummaryMetadata.parseFrom(in.readBytes());
        case Summary.Value.SIMPLE_VALUE_FIELD_NUMBER -> {
          number = in.readFloat();
          oldForm = "scalars";
        }
        case Summary.Value.HISTO_FIELD_NUMBER -> {
          in.skipField(field);
          oldForm = "histograms";
        }
        case Summary.Value.IMAGE_FIELD_NUMBER -> {
          in.skipField(field);
          oldForm = "images";
        }
        case Summary.Value.TENSOR_FIELD_NUMBER -> tensor = in.readBytes();
        default -> in.skipField(field);
      }
    }
    if (oldForm.equals("scalars")) {
      visitor.scalar(tag, metadata, step, wallTime, number);
    } else if (tensor != null) {
      decodeTensor(tag, metadata, tensor, step, wallTime);
    } else if (!oldForm.isEmpty()) {
      visitor.value(tag, oldForm, metadata, oldForm.equals("images") ? 1 : 0, step, wallTime);
    }
  }

  private void decodeTensor(
      String tag, @Nullable SummaryMetadata metadata, ByteString tensor, long step, double wallTime)
      throws IOException {
    String known = visitor.pluginOf(tag);
    String plugin =
        known.isEmpty() && metadata != null ? metadata.getPluginData().getPluginName() : known;
    switch (plugin) {
      case "scalars" -> {
        Double value = scalar(TensorProto.parseFrom(tensor));
        if (value != null) {
          visitor.scalar(tag, metadata, step, wallTime, value);
        }
      }
      case "images" -> {
        int samples = TensorProto.parseFrom(tensor).getStringValCount() - IMAGE_SIZES;
        visitor.value(tag, plugin, metadata, Math.max(0, samples), step, wallTime);
      }
      default -> visitor.value(tag, plugin, metadata, 0, step, wallTime);
    }
  }

  /** The number of a tensor that has just one, of a type that has fractions; else null. */
  private static @Nullable Double scalar(TensorProto tensor) {
    ByteString content = tensor.getTensorContent();
    if (tensor.getDtype() == DataType.DT_FLOAT) {
      if (tensor.getFloatValCount() == 1) {
        return (double) tensor.getFloatVal(0);
      }
      return content.size() == Float.BYTES
          ? (Double) (double) littleEndian(content).getFloat()
          : null;
    }
    if (tensor.getDtype() == DataType.DT_DOUBLE) {
      if (tensor.getDoubleValCount() == 1) {
        return tensor.getDoubleVal(0);
      }
      return content.size() == Double.BYTES ? (Double) littleEndian(content).getDouble() : null;
    }
    return null;
  }

  private static ByteBuffer littleEndian(ByteString bytes) {
    return bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
