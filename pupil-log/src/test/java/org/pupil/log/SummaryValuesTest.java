package org.pupil.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pupil.log.proto.Summary;

class SummaryValuesTest {
  private static final Instant START = Instant.ofEpochMilli(1795480719250L);

  @TestFactory
  Stream<DynamicTest> valuesAreWhatTensorBoardWritesItself() throws Exception {
    Map<String, byte[][]> table = Table.read("summary_values.txt");
    Map<String, SummaryValues> made = made();
    assertThat(made.keySet()).isEqualTo(table.keySet());
    return table.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(),
                    () -> {
                      SummaryValues values = made.get(row.getKey());
                      Summary expected = Summary.parseFrom(row.getValue()[0]);
                      assertThat(parsed(values)).isEqualTo(expected);
                      assertThat(values.summary().toByteArray()).isEqualTo(row.getValue()[0]);
                    }));
  }

  private static Map<String, SummaryValues> made() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("architecture", "mobilenet_0.25_224");
    settings.put("learning_rate", 0.01f);
    settings.put("steps", 4000);
    settings.put("strict", false);
    settings.put("zero", 0);
    Map<String, Object> compared = new LinkedHashMap<>(settings);
    compared.keySet().removeAll(List.of("steps", "zero"));
    List<HParams.Metric> metrics =
        List.of(
            new HParams.Metric("validation", "accuracy_1", "validation accuracy"),
            new HParams.Metric("", "pupil/f1_macro", ""));
    return Map.of(
        "session start", of(HParams.sessionStart(settings, "monday", START)),
        "session success",
            of(HParams.sessionEnd(HParams.Outcome.SUCCESS, Instant.ofEpochMilli(1795480800500L))),
        "session failure",
            of(HParams.sessionEnd(HParams.Outcome.FAILURE, Instant.ofEpochMilli(1795480801750L))),
        "experiment", of(HParams.experiment(compared, metrics, START)),
        "text", new SummaryValues().text("pupil/config", "**größer** | 1"),
        "images",
            new SummaryValues()
                .images(
                    "pupil/mistakes",
                    7,
                    5,
                    List.of(
                        new byte[] {(byte) 0x89, 'P', 'N', 'G', ' ', 'o', 'n', 'e'},
                        "GIF two".getBytes(StandardCharsets.UTF_8)),
                    ""),
        "pr curve",
            new SummaryValues().prCurve("cat/pr_curves", new int[] {4, 3, 0}, new int[] {3, 1, 0}));
  }

  @Test
  void scalarsAndHistogramsAreTheBytesOfTheGeneratedClasses() throws Exception {
    SummaryValues values = new SummaryValues();
    values.scalar("cross_entropy_1", 0.25f);
    values.histogram("activations", new float[] {0.1f, 0.9f, 0.9f});
    // 130 bytes of tag: a length of two bytes.
    values.scalar("é".repeat(65), 0f);

    Summary parsed = parsed(values);
    assertThat(parsed.toByteArray()).isEqualTo(values.summary().toByteArray());
    assertThat(parsed.getValueList())
        .extracting(Summary.Value::getTag)
        .containsExactly("cross_entropy_1", "activations", "é".repeat(65));
    assertThat(parsed.getValue(0).getSimpleValue()).isEqualTo(0.25f);
    assertThat(parsed.getValue(1).getHisto().getNum()).isEqualTo(3);
    assertThat(parsed.getValue(2).getValueCase())
        .as("a zero is a value too")
        .isEqualTo(Summary.Value.ValueCase.SIMPLE_VALUE);
  }

  @Test
  void afterClearNothingIsLeft() throws Exception {
    SummaryValues values = new SummaryValues().scalar("a", 1).scalar("b", 2);
    assertThat(values.isEmpty()).isFalse();
    values.clear();
    assertThat(values.isEmpty()).isTrue();
    assertThat(parsed(values.scalar("a", 3)).getValueList())
        .singleElement()
        .returns(3f, Summary.Value::getSimpleValue);
  }

  @Test
  void aHistogramOfNothingFiniteIsLeftOut() throws Exception {
    SummaryValues values = new SummaryValues();
    assertThat(values.histogram("diverged", new float[] {Float.NaN, Float.NaN})).isEqualTo(2);
    assertThat(values.histogram("empty", new float[0])).isZero();
    assertThat(values.isEmpty()).isTrue();
    assertThat(values.histogram("one left", new float[] {Float.NaN, 3})).isEqualTo(1);
    assertThat(values.isEmpty()).isFalse();
  }

  @Test
  void aTagStandsOnceAndIsNotEmpty() throws Exception {
    SummaryValues values = new SummaryValues().scalar("a", 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> values.text("a", "again"))
        .withMessage("tag a stands twice in one event");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> values.scalar("", 1))
        .withMessage("a tag must not be empty");
  }

  @Test
  void wrongArgumentsAreNamed() throws Exception {
    SummaryValues values = new SummaryValues();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> values.images("i", 0, 5, List.of(new byte[1]), ""))
        .withMessage("images must be at least one of at least 1 x 1 pixels, were 1 of 0 x 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> values.prCurve("p", new int[] {1}, new int[] {1}))
        .withMessageEndingWith("had 1 and 1");
    assertThatThrownBy(() -> values.histogram("h", new float[3], 1, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(values.isEmpty()).isTrue();
  }

  @Test
  void aSettingIsATextABooleanOrAFiniteNumber() throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HParams.sessionStart(Map.of("learning_rate", Double.NaN), "", START))
        .withMessage(
            "a setting must be a String, a Boolean or a finite Number, learning_rate was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HParams.experiment(Map.of("sizes", List.of(1)), List.of(), START))
        .withMessageEndingWith("sizes was [1]");
  }

  private static SummaryValues of(HParams hparams) {
    return new SummaryValues().hparams(hparams);
  }

  private static Summary parsed(SummaryValues values) throws InvalidProtocolBufferException {
    return Summary.parseFrom(values.summary().toByteArray());
  }
}
