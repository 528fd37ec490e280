package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RepeatedFlagsTest {
  private static CommandLine parser(CommandName command) {
    return command.parser(TestTerminal.redirected().terminal(), Clock.systemUTC(), Map.of());
  }

  @Test
  void aFlagThatIsGivenTwiceTakesNoOtherFlagWithIt() {
    CommandLine parser = parser(CommandName.RETRAIN);
    List<String> typed =
        List.of(
            "--image_dir=photos",
            "--learning_rate=3",
            "--fine_tune=last",
            "--how_many_training_steps=5",
            "--fine_tune_epochs=2",
            "--how_many_training_steps=6",
            "--fine_tune_epochs=1");
    parser.parseArgs(
        RepeatedFlags.lastOfEach(parser.getCommandSpec(), typed).toArray(String[]::new));
    assertThat(value(parser, "--how_many_training_steps")).isEqualTo(6);
    assertThat(value(parser, "--learning_rate")).isEqualTo(3.0);
    assertThat(value(parser, "--fine_tune_epochs")).isEqualTo(1);
    assertThat(value(parser, "--fine_tune")).isEqualTo("last");
  }

  private static Object value(CommandLine parser, String flag) {
    return parser.getCommandSpec().findOption(flag).getValue();
  }

  @Test
  void theLastOfEachStaysInItsPlaceAndWordsStay() {
    List<String> typed =
        List.of("one", "--graph=a", "two", "--csv=true", "--graph=b=c", "--", "--graph=photo");
    assertThat(RepeatedFlags.lastOfEach(parser(CommandName.LABEL_IMAGE).getCommandSpec(), typed))
        .containsExactly("one", "two", "--csv=true", "--graph=b=c", "--", "--graph=photo");
  }
}
