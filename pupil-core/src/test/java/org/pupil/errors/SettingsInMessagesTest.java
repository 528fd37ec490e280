package org.pupil.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pupil.Teaching;

/** The library speaks of settings by the names that programs use. */
class SettingsInMessagesTest {
  private static final Path SOURCES = Path.of("src/main/java/org/pupil");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");
  private static final Pattern FLAG = Pattern.compile("\"[^\"\\n]*--[a-z][^\"\\n]*\"");

  /** A flag of macOS's sips, which converts photos. */
  private static final String OF_ANOTHER_PROGRAM = "\"--out\"";

  @Test
  void noTextOfTheLibraryNamesAFlag() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        FLAG.matcher(COMMENT.matcher(Files.readString(file)).replaceAll(""))
            .results()
            .map(MatchResult::group)
            .filter(text -> !text.equals(OF_ANOTHER_PROGRAM))
            .forEach(text -> found.add(SOURCES.relativize(file) + ": " + text));
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void aSettingIsCalledAsTheMethodOfATrainingRunToBe() {
    List<String> methods =
        Arrays.stream(Teaching.class.getMethods())
            .filter(method -> method.getReturnType() == Teaching.class)
            .map(method -> method.getName())
            .filter(name -> !name.equals("listener") && !name.equals("control"))
            .distinct() // one number for all channels, or three
            .toList();
    List<String> others = List.of("photos", "labels", "outputLayer", "heatMap", "report");
    List<String> ofADataset =
        List.of(
            "to",
            "layout",
            "inner",
            "nameEncoding",
            "maxRatio",
            "maxFiles",
            "maxSize",
            "catalogue");
    List<String> ofASearch = List.of("space", "trials", "parallel", "folds", "repeats");
    assertThat(Arrays.stream(Setting.values()).map(Setting::toString))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(methods, others, ofASearch, ofADataset).flatMap(List::stream).toList());
    assertThat(Setting.HOW_MANY_TRAINING_STEPS).hasToString("howManyTrainingSteps");
    assertThat(Setting.HOW_MANY_TRAINING_STEPS.withUnderscores())
        .isEqualTo("how_many_training_steps");
  }

  @Test
  void aMessageIsSaidInTheWordsOfWhoReadsIt() {
    Message rule = Message.of(Setting.LEARNING_RATE, " must be positive, was ", -0.1);
    PupilException trouble = PupilException.usage(Message.of(Setting.STRICT, ": ", rule));
    assertThat(trouble).hasMessage("strict: learningRate must be positive, was -0.1");
    assertThat(trouble.messageIn(setting -> "<" + setting.withUnderscores() + ">"))
        .isEqualTo("<strict>: <learning_rate> must be positive, was -0.1");
    assertThat(trouble.message()).isEqualTo(Message.of(Setting.STRICT, ": ", rule));
  }

  @Test
  void whatALineCannotHoldIsEscapedInEitherWords() {
    PupilException trouble = PupilException.badInput(Message.of(Setting.IMAGE_DIR, " a\nb"));
    assertThat(trouble).hasMessage("photos a\\nb");
    assertThat(trouble.messageIn(Setting::name)).isEqualTo("IMAGE_DIR a\\nb");
  }
}
