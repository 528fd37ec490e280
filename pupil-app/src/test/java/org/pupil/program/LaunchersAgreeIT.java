package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The launcher for Windows is the shell script in another language. */
class LaunchersAgreeIT {
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])-(?:XX?:|Xm|D)[^\\s\"'>]+");

  /** Fonts and temporary files of Linux; how each finds out about the terminal. */
  private static final Pattern OF_ONE_SYSTEM =
      Pattern.compile("-D(sun\\.awt\\.fontconfig|java\\.io\\.tmpdir|pupil\\.|jdk\\.console)\\S*");

  private static Set<String> options(String launcher) throws IOException {
    Path file = Checkout.folder().resolve(launcher);
    String text =
        Files.readString(file)
            .replaceAll("%(\\w+)%", "\\$$1")
            .lines()
            .filter(line -> !line.startsWith("rem ") && !line.strip().startsWith("#"))
            .filter(line -> !line.contains("StaleBuild"))
            .collect(Collectors.joining("\n"))
            .replace('\\', '/');
    Set<String> options = new TreeSet<>();
    OPTION
        .matcher(text)
        .results()
        .map(found -> found.group().replaceAll("[$%{].*?(?=,|$)", "VALUE"))
        .map(option -> option.replaceAll("(File|List)=.*", "$1=VALUE"))
        .filter(option -> !OF_ONE_SYSTEM.matcher(option).matches())
        .forEach(options::add);
    return options;
  }

  @Test
  void bothGiveJavaAndMavenTheSameOptions() throws IOException {
    assertThat(options("pupil.cmd"))
        .containsExactlyElementsOf(options("pupil"))
        .contains("-XX:+UseSerialGC", "-Xmx512m", "-Dmaven.test.skip=true");
  }

  @Test
  void bothGiveTheSameCommandsTheSameTreatment() throws IOException {
    String shell = Files.readString(Checkout.launcher());
    String cmd = Files.readString(Checkout.folder().resolve("pupil.cmd"));
    assertThat(shell).contains("label_image | label-image | label | '' | -* | help)");
    assertThat(cmd).contains("in (label_image label-image label help)");
    assertThat(shell).contains("explain | why)");
    assertThat(cmd).contains("in (explain why)");
    assertThat(shell)
        .contains(
            "label_image | label-image | label | export | convert | explain | why) is_newest");
    assertThat(shell).contains("board | tensorboard)");
    assertThat(cmd).contains("in (board tensorboard)");
  }

  @Test
  void theOneForWindowsHasTheLineEndsThatItsShellNeeds() throws IOException {
    assertThat(Files.readString(Checkout.folder().resolve("pupil.cmd")).replace("\r\n", ""))
        .doesNotContain("\n", "\r");
  }
}
