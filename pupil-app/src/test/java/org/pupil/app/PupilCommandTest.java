package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class PupilCommandTest {
  private final TestTerminal terminal = TestTerminal.redirected();

  private ExitStatus run(String... arguments) {
    return new PupilCommand(terminal.terminal(), Clock.systemUTC(), Map.of()).run(arguments);
  }

  @Test
  void withoutACommandItSaysWhatItCanDo() {
    assertThat(run()).isEqualTo(ExitStatus.OK);
    assertThat(run("help")).isEqualTo(ExitStatus.OK);
    assertThat(run("--help")).isEqualTo(ExitStatus.OK);
    assertThat(run("-h")).isEqualTo(ExitStatus.OK);
    assertThat(terminal.out())
        .isEqualTo(LineWrap.text(CommandName.overview(Launcher.PLAIN), 80).repeat(4));
    assertThat(terminal.err()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(CommandName.class)
  void everyCommandExplainsEachOfItsFlags(CommandName command) {
    var parser = command.parser(terminal.terminal(), Clock.systemUTC(), Map.of());
    String name = parser.getCommandName();
    assertThat(run(name, "--help")).isEqualTo(ExitStatus.OK);
    assertThat(run("help", name)).isEqualTo(ExitStatus.OK);
    assertThat(run(name, "-h")).isEqualTo(ExitStatus.OK);
    String once = terminal.out().substring(0, terminal.out().length() / 3);
    assertThat(terminal.out()).isEqualTo(once.repeat(3));
    for (OptionSpec option : parser.getCommandSpec().options()) {
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
      assertThat(once).contains(option.longestName());
    }
    assertThat(run(name, "--version")).isEqualTo(ExitStatus.OK);
    assertThat(terminal.out()).endsWith("\n" + new Version().getVersion()[0] + "\n");
  }

  private static final Pattern LONG_NAME = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9_-]*");

  @ParameterizedTest
  @EnumSource(CommandName.class)
  void everyLongNameThatHelpPrintsIsTaken(CommandName command) {
    var parser = command.parser(terminal.terminal(), Clock.systemUTC(), Map.of());
    String name = parser.getCommandName();
    run(name, "--help");
    Set<String> printed =
        LONG_NAME
            .matcher(terminal.out())
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(printed).containsAll(longNames(parser.getCommandSpec()));
    List<String> all = new ArrayList<>(List.of(name));
    for (String flag : printed) {
      OptionSpec option = parser.getCommandSpec().findOption(flag);
      assertThat(option).as(flag).isNotNull();
      String value = valueFor(option);
      all.add(value.isEmpty() ? flag : flag + "=" + value);
      if (option.arity().max() > 0) {
        assertThat(run(name, flag + "=" + value, "--help")).as(flag).isEqualTo(ExitStatus.OK);
      }
      if (option.arity().min() > 0) {
        assertThat(run(name, flag, value, "--help")).as(flag).isEqualTo(ExitStatus.OK);
      } else {
        assertThat(run(name, flag, "--help")).as(flag).isEqualTo(ExitStatus.OK);
      }
    }
    assertThat(run(all.toArray(String[]::new))).isEqualTo(ExitStatus.OK);
    assertThat(terminal.err()).isEmpty();
  }

  private static List<String> longNames(CommandSpec command) {
    return command.options().stream()
        .flatMap(option -> Arrays.stream(option.names()))
        .filter(name -> name.startsWith("--"))
        .toList();
  }

  /** Something that the flag takes; nothing if it takes nothing. */
  private static String valueFor(OptionSpec option) {
    Class<?> type = option.type();
    if (option.arity().max() == 0) {
      return "";
    } else if (option.paramLabel().equals("PLUGIN=N")) {
      return "scalars=1";
    } else if (option.paramLabel().contains("|")) {
      return option.paramLabel().substring(0, option.paramLabel().indexOf('|'));
    } else if (type == Path.class || type == String.class || type == List.class) {
      return "x";
    } else if (type == URI.class) {
      return "https://example.org/";
    } else {
      return "1";
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"retrain", "teach", "label_image", "label-image", "label", "doctor"})
  void commandsHaveASecondNameAndDashesOrUnderscores(String typed) {
    assertThat(run(typed, "--help")).isEqualTo(ExitStatus.OK);
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void wrongUsageIsOneLine() {
    assertThat(run("train")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("help", "train")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("--image=x")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("retrain", "--learning_rate=fast")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("retrain", "--output_graph=")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("retrain", "tom.jpg")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("label_image", "-x")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("retrain", "--image_dirr=x")).isEqualTo(ExitStatus.USAGE);
    assertThat(terminal.err().lines())
        .containsExactly(
            "error: there is no command train: did you mean pupil retrain? (commands are retrain,"
                + " dataset, check, tune, label_image, evaluate, explain, export, board, doctor, clean, self-check, workshop, completion; pupil --help tells more)",
            "error: there is no command train: did you mean pupil retrain? (commands are retrain,"
                + " dataset, check, tune, label_image, evaluate, explain, export, board, doctor, clean, self-check, workshop, completion; pupil --help tells more)",
            "error: say first what to do: pupil retrain, or pupil label_image (pupil --help tells"
                + " more)",
            "error: --learning_rate must be a number, was fast (pupil retrain --help tells more)",
            "error: --output_graph must be the name of a file or folder, was empty (pupil retrain"
                + " --help tells more)",
            "error: tom.jpg is neither a flag nor the value of one: type pupil retrain --image_dir"
                + " tom.jpg (pupil retrain --help tells more)",
            "error: -x is neither a flag nor the value of one (pupil label_image --help tells"
                + " more)",
            "error: unknown flag --image_dirr: did you mean --image_dir?");
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void sizesOfOtherGraphsHaveLimits() {
    assertThat(run("export", "--onnx=x.onnx", "--input_height=0")).isEqualTo(ExitStatus.USAGE);
    assertThat(run("export", "--onnx=x.onnx", "--input_width=5000")).isEqualTo(ExitStatus.USAGE);
    assertThat(terminal.err().lines())
        .containsExactly(
            "error: --input_height must be 1 to 4096, was 0",
            "error: --input_width must be 1 to 4096, was 5000");
  }

  @Test
  void samplesPerPluginNamePluginsWithWholeNumbers() {
    List<String> wrong = List.of("scalars", "scalars=many", "images=1,scalars=", "=5", "images=");
    for (String typed : wrong) {
      assertThat(run("board", "--samples_per_plugin=" + typed)).isEqualTo(ExitStatus.USAGE);
    }
    assertThat(terminal.err().lines())
        .containsExactlyElementsOf(
            Stream.of("scalars", "scalars=many", "scalars=", "=5", "images=")
                .map(
                    was ->
                        "error: --samples_per_plugin must be PLUGIN=N with a whole number N, such"
                            + " as scalars=1000, was "
                            + was
                            + " (pupil board --help tells more)")
                .toList());
  }

  /** The flags of both Python scripts, each with a value of its type. */
  private static final List<String> ORIGINALS =
      List.of(
          "--output_graph=/tmp/output_graph.pb",
          "--intermediate_output_graphs_dir=/tmp/intermediate_graph/",
          "--intermediate_store_frequency=0",
          "--output_labels=/tmp/output_labels.txt",
          "--summaries_dir=/tmp/retrain_logs",
          "--how_many_training_steps=4000",
          "--learning_rate=0.01",
          "--testing_percentage=10",
          "--validation_percentage=10",
          "--eval_step_interval=10",
          "--train_batch_size=100",
          "--test_batch_size=-1",
          "--validation_batch_size=100",
          "--print_misclassified_test_images",
          "--bottleneck_dir=/tmp/bottleneck",
          "--final_tensor_name=final_result",
          "--flip_left_right",
          "--random_crop=0",
          "--random_scale=0",
          "--random_brightness=0",
          "--model_dir=/tmp/imagenet",
          "--architecture=inception_v3",
          "--saved_model_dir=",
          "--logging_verbosity=INFO",
          "--checkpoint_path=/tmp/_retrain_checkpoint");

  @Test
  void everyFlagOfTheOriginalsIsTaken() {
    String[] arguments = new String[ORIGINALS.size() + 2];
    arguments[0] = "retrain";
    for (int i = 0; i < ORIGINALS.size(); i++) {
      arguments[1 + i] = ORIGINALS.get(i);
    }
    // So the only thing wrong is the folder of the photos, which is checked first.
    arguments[arguments.length - 1] = "--image_dir=";
    assertThat(run(arguments)).isEqualTo(ExitStatus.USAGE);
    assertThat(terminal.err()).startsWith("error: --image_dir is required").hasLineCount(1);

    assertThat(
            run(
                "label_image",
                "--image=",
                "--graph=tf_files/retrained_graph.pb",
                "--labels=tf_files/retrained_labels.txt",
                "--input_height=224",
                "--input_width=224",
                "--input_mean=128",
                "--input_std=128",
                "--input_layer=input",
                "--output_layer=final_result"))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(terminal.err().lines())
        .last()
        .isEqualTo(
            "error: --image must be the name of a file or folder, was empty (pupil label_image --help"
                + " tells more)");
  }

  @Test
  void verboseShowsTheTraceOfAnError() {
    assertThat(run("label_image", "x.jpg", "--graph=nowhere.pb")).isEqualTo(ExitStatus.BAD_MODEL);
    assertThat(terminal.err()).hasLineCount(1);
    for (String flag : List.of("--verbose", "--verbose=true")) {
      assertThat(run("label_image", "x.jpg", "--graph=nowhere.pb", flag))
          .isEqualTo(ExitStatus.BAD_MODEL);
      assertThat(terminal.err()).contains("PupilException: there is no graph", "\tat org.pupil.");
    }
  }

  /** A stdout that fails as nothing should. */
  private Terminal failing(RuntimeException failure) {
    PrintStream out =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
          @Override
          public void print(String text) {
            throw failure;
          }
        };
    return Terminal.redirected(out, terminal.terminal().err());
  }

  @Test
  void aFaultOfPupilsOwnGoesToAFile() throws Exception {
    Terminal broken = failing(new IllegalStateException("a screw is loose"));
    ExitStatus status = new PupilCommand(broken, Clock.systemUTC(), Map.of()).run("--help");
    assertThat(status).isEqualTo(ExitStatus.INTERNAL);
    Matcher line =
        Pattern.compile(
                "error: a fault in Pupil \\(java.lang.IllegalStateException: a screw is loose\\);"
                    + " please report it with the stack trace in (.*)\n")
            .matcher(terminal.err());
    assertThat(line.matches()).as(terminal.err()).isTrue();
    Path file = Path.of(line.group(1));
    assertThat(file).content().contains("a screw is loose", "\tat org.pupil.app.");
    Files.delete(file);
  }

  @Test
  void aReaderWhoHasGoneIsNoError() {
    Terminal gone = failing(new Terminal.OutputGoneException());
    assertThat(new PupilCommand(gone, Clock.systemUTC(), Map.of()).run("--help"))
        .isEqualTo(ExitStatus.UNAVAILABLE);
    assertThat(terminal.err()).isEmpty();
  }
}
