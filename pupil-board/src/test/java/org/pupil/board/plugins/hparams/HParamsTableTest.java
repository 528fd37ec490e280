package org.pupil.board.plugins.hparams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HParamsTableTest {
  @Test
  void whatSeparatesIsQuotedAndWhatIsMissingIsEmpty() {
    HParamsTable table =
        new HParamsTable(
            List.of("a,b", "say \"x\"", "c"),
            List.of(Arrays.asList(1e-5, "two\nlines", null), Arrays.asList(true, "", Double.NaN)));
    assertThat(table.csv())
        .isEqualTo("\"a,b\",\"say \"\"x\"\"\",c\r\n1e-05,\"two\nlines\",\r\nTrue,,nan\r\n");
  }
}
