package org.pupil.labelling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Float32TextTest {

  @Test
  void floatsAreWrittenAsNumpyWritesThem() throws IOException {
    // Made by src/test/reference/float32_text.py.
    List<String> table;
    try (InputStream in = Float32TextTest.class.getResourceAsStream("float32.tsv")) {
      table = new String(in.readAllBytes(), UTF_8).lines().toList();
    }
    List<String> written = new ArrayList<>();
    for (String line : table) {
      String bits = line.substring(0, line.indexOf('\t'));
      float value = Float.intBitsToFloat(Integer.parseUnsignedInt(bits, 16));
      written.add(bits + "\t" + Float32Text.of(value));
    }

    assertThat(table).hasSizeGreaterThan(3000);
    assertThat(written).containsExactlyElementsOf(table);
  }

  @ParameterizedTest
  @CsvSource({
    "0.9991627, 0.9991627",
    "0.0008373484, 0.0008373484",
    "1, 1.0",
    "0, 0.0",
    "-0.0, -0.0",
    "1e-10, 0.0000000001",
    "-2.5, -2.5",
    "1e10, 10000000000.0",
    "NaN, nan",
    "Infinity, inf",
    "-Infinity, -inf",
  })
  void floatsAreWrittenWithoutExponents(float value, String text) {
    assertThat(Float32Text.of(value)).isEqualTo(text);
  }

  @Property(tries = 2000)
  void whatIsWrittenIsReadAsTheSameFloat(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    if (Float.isFinite(value)) {
      String text = Float32Text.of(value);

      assertThat(text).matches("-?[0-9]+\\.[0-9]+");
      assertThat(Float.floatToRawIntBits(Float.parseFloat(text))).isEqualTo(bits);
    }
  }
}
