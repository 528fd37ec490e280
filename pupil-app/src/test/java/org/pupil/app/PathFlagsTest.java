package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.errors.PupilException;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every flag of every command that takes a path reads it in one way. */
class PathFlagsTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/ann");

  /** What flags are said to take that is no path. A new word must be put here, or be a path. */
  private static final Set<String> NO_PATHS =
      Set.of(
          "N",
          "X",
          "X[,Y,Z]",
          "NODE",
          "PIXELS",
          "PERCENT",
          "RULE",
          "LAYOUT",
          "CHARSET",
          "TYPE",
          "LEVEL",
          "TEXT",
          "TAG",
          "SECONDS",
          "true|false",
          "white|drop",
          "KIND",
          "mirrored|cropped|darkened|grey|turned",
          "onnx|tensorflow|auto",
          "PLUGIN=N",
          "/PATH",
          "VALUE",
          "auto|kitty|iterm|sixel|never",
          "DEGREES",
          "PART",
          "NAME=VALUES,...",
          "METHOD",
          "none|last|all|LAYER",
          "bash|zsh|fish",
          "SIZE",
          "TIME");

  /** Names and addresses that are no path either. */
  private static final Set<String> NO_PATH_FLAGS =
      Set.of("--download_mirror", "--optimizer", "--host", "--run_name", "--inner");

  private static final Set<Class<?>> PATH_TYPES =
      Set.of(Path.class, TypedPath.class, NamedFolder.class);

  private static CommandLine parser(CommandName command) {
    return command.parser(TestTerminal.redirected().terminal(), Clock.systemUTC(), ENVIRONMENT);
  }

  private static boolean isPath(ArgSpec argument) {
    return Arrays.stream(argument.auxiliaryTypes()).anyMatch(PATH_TYPES::contains)
        || PATH_TYPES.contains(argument.type());
  }

  static Stream<Object[]> pathFlags() {
    return Arrays.stream(CommandName.values())
        .flatMap(
            command ->
                parser(command).getCommandSpec().options().stream()
                    .filter(PathFlagsTest::isPath)
                    .map(option -> new Object[] {command, option.longestName()}));
  }

  @Test
  void everyFlagIsAPathOrKnownToBeNone() {
    for (CommandName command : CommandName.values()) {
      for (ArgSpec argument : parser(command).getCommandSpec().args()) {
        boolean isKnown =
            NO_PATHS.contains(argument.paramLabel())
                || argument.arity().max() == 0
                || (argument instanceof OptionSpec option
                    && NO_PATH_FLAGS.contains(option.longestName()));
        assertThat(isKnown ? !isPath(argument) : isPath(argument))
            .as("%s of %s takes a path", argument.paramLabel(), command)
            .isTrue();
      }
    }
    assertThat(pathFlags().count()).isGreaterThan(14);
  }

  private static String read(CommandName command, String flag, String value, boolean asOneWord) {
    CommandLine parser = parser(command);
    String typed = flag.equals("--logdir_spec") ? "a:" + value : value;
    List<String> words = asOneWord ? List.of(flag + "=" + typed) : List.of(flag, typed);
    parser.parseArgs(
        new ArgumentNormalizer(PupilCommand.flags(parser)).normalize(words).toArray(String[]::new));
    Object read = parser.getCommandSpec().findOption(flag).getValue();
    Object one = read instanceof Collection<?> many ? many.iterator().next() : read;
    return one instanceof NamedFolder named ? named.folder().toString() : one.toString();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("pathFlags")
  void aTildeIsTheHomeFolderInBothForms(CommandName command, String flag) {
    for (boolean asOneWord : new boolean[] {true, false}) {
      assertThat(read(command, flag, "~/a b", asOneWord)).isEqualTo("/home/ann/a b");
      assertThat(read(command, flag, "~", asOneWord)).isEqualTo("/home/ann");
      assertThat(read(command, flag, "./~", asOneWord)).isEqualTo("./~");
      assertThat(read(command, flag, "a/~/b", asOneWord)).isEqualTo("a/~/b");
      assertThat(read(command, flag, "~lock.jpg", asOneWord)).isEqualTo("~lock.jpg");
    }
  }

  @Test
  void photosWithoutAFlagAreReadSoToo() {
    CommandLine parser = parser(CommandName.LABEL_IMAGE);
    parser.parseArgs("~/a.jpg", "./~", "-");
    Object photos = parser.getCommandSpec().positionalParameters().get(0).getValue();
    assertThat(photos).asString().isEqualTo("[/home/ann/a.jpg, ./~, -]");
  }

  @Test
  void anothersHomeFolderIsNotKnown() {
    assertThatThrownBy(() -> new TypedPaths(ENVIRONMENT).path("~nobody-of-that-name/x"))
        .isInstanceOf(PupilException.class)
        .hasMessage(
            "~nobody-of-that-name/x: only a shell knows the home folder of somebody else: type the"
                + " whole path");
    assertThatThrownBy(() -> new TypedPaths(Map.of()).path("~/x"))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("HOME is not set");
  }

  /** Makes a file whose name has the byte E9, as Latin-1 writes an e with an accent. */
  private static Path inLatin1(Path folder) throws IOException {
    Process touch =
        new ProcessBuilder("sh", "-c", "touch \"$(printf 'caf\\351.jpg')\"")
            .directory(folder.toFile())
            .start();
    try {
      assertThat(touch.waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void theOneFileIsMeantWhoseNameIsNoUtf8(@TempDir Path folder) throws IOException {
    Path file = inLatin1(folder);
    TypedPaths paths = new TypedPaths(ENVIRONMENT);

    assertThat(paths.path(folder + "/caf\ufffd.jpg")).isEqualTo(file).exists();
    assertThatThrownBy(() -> paths.path(folder + "/th\ufffd.jpg"))
        .isInstanceOf(PupilException.class)
        .hasMessage(
            "the name th\ufffd.jpg is not in UTF-8, and there is no file of that name: type another"
                + " name");
    assertThatThrownBy(() -> paths.text(folder + "/caf\ufffd.jpg"))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("is not in UTF-8: rename it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "\u00e9t\u00e9.jpg", "a b.jpg"})
  void otherNamesStayAsTheyAre(String typed) {
    assertThat(new TypedPaths(ENVIRONMENT).path(typed)).isEqualTo(Path.of(typed));
  }
}
