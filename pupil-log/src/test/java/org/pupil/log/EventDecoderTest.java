package org.pupil.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.HistogramProto;
import org.pupil.log.proto.SessionLog;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.SummaryMetadata;
import org.pupil.log.proto.TaggedRunMetadata;
import org.pupil.log.proto.TensorProto;

/** Holds the quick reader against the generated classes. */
class EventDecoderTest {
  /** What a visitor hears, a line each. */
  private static final class Heard implements EventDecoder.Visitor {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void event(double wallTime) {
      lines.add("event " + wallTime);
    }

    @Override
    public void started(long step, double wallTime) {
      lines.add("started " + step + " " + wallTime);
    }

    @Override
    public void graph(long step, double wallTime) {
      lines.add("graph " + step + " " + wallTime);
    }

    @Override
    public void runMetadata(String tag, long step, double wallTime) {
      lines.add("metadata " + tag + " " + step + " " + wallTime);
    }

    @Override
    public void scalar(
        String tag, @Nullable SummaryMetadata metadata, long step, double wallTime, double value) {
      lines.add(String.join(" ", "scalar", tag, "" + metadata, "" + step, "" + value));
    }

    @Override
    public void value(
        String tag,
        String plugin,
        @Nullable SummaryMetadata metadata,
        int samples,
        long step,
        double wallTime) {
      lines.add(String.join(" ", "value", tag, plugin, "" + metadata, "" + samples, "" + step));
    }

    @Override
    public String pluginOf(String tag) {
      return tag.equals("known images") ? "images" : "";
    }
  }

  @Property(tries = 300)
  void anEventIsHeardAsTheGeneratedClassesReadIt(@ForAll("events") Event event) throws Exception {
    Heard heard = new Heard();
    byte[] padded = new byte[event.getSerializedSize() + 7];
    ByteBuffer payload = ByteBuffer.wrap(padded, 5, event.getSerializedSize());
    payload.duplicate().put(event.toByteArray());
    new EventDecoder(heard).decode(payload);
    assertThat(heard.lines).isEqualTo(expected(event));
  }

  private static List<String> expected(Event event) {
    Heard expected = new Heard();
    long step = event.getStep();
    double wallTime = event.getWallTime();
    expected.event(wallTime);
    if (event.getSessionLog().getStatus() == SessionLog.SessionStatus.START) {
      expected.started(step, wallTime);
    }
    if (event.hasGraphDef()) {
      expected.graph(step, wallTime);
    }
    if (event.hasTaggedRunMetadata()) {
      expected.runMetadata(event.getTaggedRunMetadata().getTag(), step, wallTime);
    }
    for (Summary.Value value : event.getSummary().getValueList()) {
      expect(expected, value, step, wallTime);
    }
    return expected.lines;
  }

  private static void expect(Heard expected, Summary.Value value, long step, double wallTime) {
    String tag = value.getTag();
    SummaryMetadata metadata = value.hasMetadata() ? value.getMetadata() : null;
    switch (value.getValueCase()) {
      case SIMPLE_VALUE ->
          expected.scalar(tag, metadata, step, wallTime, (double) value.getSimpleValue());
      case HISTO -> expected.value(tag, "histograms", metadata, 0, step, wallTime);
      case IMAGE -> expected.value(tag, "images", metadata, 1, step, wallTime);
      case TENSOR -> {
        String known = expected.pluginOf(tag);
        String plugin =
            known.isEmpty() ? value.getMetadata().getPluginData().getPluginName() : known;
        if (plugin.equals("scalars")) {
          expected.scalar(tag, metadata, step, wallTime, value.getTensor().getFloatVal(0));
        } else {
          int strings = value.getTensor().getStringValCount();
          int samples = plugin.equals("images") ? Math.max(0, strings - 2) : 0;
          expected.value(tag, plugin, metadata, samples, step, wallTime);
        }
      }
      default -> {}
    }
  }

  @Provide
  Arbitrary<Event> events() {
    Arbitrary<Event.Builder> whats =
        Arbitraries.oneOf(
            Arbitraries.just(
                Event.newBuilder()
                    .setSessionLog(
                        SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START))),
            Arbitraries.just(Event.newBuilder().setGraphDef(ByteString.copyFromUtf8("graph"))),
            Arbitraries.just(
                Event.newBuilder()
                    .setTaggedRunMetadata(TaggedRunMetadata.newBuilder().setTag("step 3"))),
            values()
                .list()
                .ofMaxSize(6)
                .map(
                    values ->
                        Event.newBuilder().setSummary(Summary.newBuilder().addAllValue(values))));
    return Combinators.combine(whats, Arbitraries.longs(), Arbitraries.doubles().between(-2e9, 2e9))
        .as((what, step, time) -> what.clone().setStep(step).setWallTime(time).build());
  }

  private static Arbitrary<Summary.Value> values() {
    Arbitrary<String> tags =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(9).excludeChars('\uFFFE').ascii(),
            Arbitraries.of("known images", "größe", ""));
    Arbitrary<String> plugins = Arbitraries.of("", "scalars", "images", "text", "pr_curves");
    return Combinators.combine(
            tags, plugins, Arbitraries.floats(), Arbitraries.integers().between(0, 4))
        .as(
            (tag, plugin, number, kind) -> {
              Summary.Value.Builder value = Summary.Value.newBuilder().setTag(tag);
              if (!plugin.isEmpty()) {
                value.getMetadataBuilder().getPluginDataBuilder().setPluginName(plugin);
              }
              switch (kind) {
                case 0 -> value.setSimpleValue(number);
                case 1 -> value.setHisto(HistogramProto.newBuilder().setNum(number));
                case 2 -> value.setImage(Summary.Image.newBuilder().setWidth(3));
                case 3 ->
                    value.setTensor(
                        TensorProto.newBuilder()
                            .setDtype(DataType.DT_FLOAT)
                            .addFloatVal(number)
                            .addStringVal(ByteString.copyFromUtf8("3"))
                            .addStringVal(ByteString.copyFromUtf8("4"))
                            .addStringVal(ByteString.copyFromUtf8("png")));
                default -> {}
              }
              return value.build();
            });
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    byte[] payload = Event.newBuilder().setWallTime(Double.NaN).build().toByteArray();
    assertThatThrownBy(() -> new EventDecoder(new Heard()).decode(ByteBuffer.wrap(payload)))
        .isInstanceOf(IOException.class)
        .hasMessage("the time of an event is NaN");
  }
}
