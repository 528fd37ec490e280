package org.pupil.board.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.pupil.board.LogValues;
import org.pupil.log.EventDecoder;
import org.pupil.log.proto.Event;

class EventDecoderFuzzTest {
  private static void decode(byte[] bytes) {
    Run run = new Run("r", Path.of("r"), new Ledger(LogLimits.withThreads(1)));
    RunRecorder recorder = run.recorder(Path.of("f"), new WriterTimes());
    try {
      new EventDecoder(recorder).decode(ByteBuffer.wrap(bytes));
    } catch (IOException noEvent) {
      assertThat(noEvent.getMessage()).isNotEmpty();
    }
  }

  @Property
  void anyBytesAreAnEventOrRefused(@ForAll @Size(max = 200) byte[] bytes) {
    decode(bytes);
  }

  @Property
  void aDamagedEventIsAnEventOrRefused(
      @ForAll @IntRange(max = 500) int at,
      @ForAll byte value,
      @ForAll @IntRange(max = 500) int cut) {
    Event event =
        TestLog.event(
                1, 3, LogValues.tensor("i", "images", "", LogValues.strings("4", "3", "a", "b")))
            .toBuilder()
            .mergeFrom(TestLog.scalar(1, 3, "x", 2))
            .mergeFrom(TestLog.start(1, 3))
            .build();
    byte[] bytes = event.toByteArray();
    bytes[at % bytes.length] = value;
    decode(Arrays.copyOf(bytes, Math.max(0, bytes.length - cut % bytes.length)));
  }
}
