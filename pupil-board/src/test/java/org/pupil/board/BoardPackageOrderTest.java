package org.pupil.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the way from files to the browser: a package imports only those before it. */
class BoardPackageOrderTest {
  private static final Path SOURCES = Path.of("src/main/java/org/pupil/board");
  private static final List<String> WAY =
      List.of("log", "inspect", "answers", "web", "plugins", "server", "");
  private static final Pattern OURS =
      Pattern.compile("import (?:static )?org\\.pupil\\.board\\.(?:([a-z]+)\\.)?");
  private static final Pattern SERVER =
      Pattern.compile("import (?:static )?(?:io\\.javalin|jakarta|org\\.eclipse\\.jetty)");

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  /** The package below {@code board} that a file or an import is of; empty for board itself. */
  private static String packageOf(Path file) {
    Path inSources = SOURCES.relativize(file);
    return inSources.getNameCount() == 1 ? "" : inSources.getName(0).toString();
  }

  @Test
  void everyPackageHasItsPlace() throws IOException {
    Set<String> found = new TreeSet<>();
    files().forEach(file -> found.add(packageOf(file)));
    assertThat(found).isEqualTo(new TreeSet<>(WAY));
  }

  @Test
  void aPackageImportsOnlyThoseBeforeIt() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : files()) {
      int place = WAY.indexOf(packageOf(file));
      Matcher imports = OURS.matcher(Files.readString(file));
      while (imports.find()) {
        String imported = imports.group(1) == null ? "" : imports.group(1);
        if (WAY.indexOf(imported) > place) {
          wrong.add(file + " imports " + imports.group());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** The plugins that others build on, or show the data of; a new one leans on none. */
  private static final Map<String, Set<String>> LEAN_ON =
      Map.of(
          "distributions", Set.of("histograms"),
          "overview", Set.of("images"),
          "projector", Set.of("images"),
          "timeseries", Set.of("histograms", "images"));

  private static final Pattern PLUGIN =
      Pattern.compile("import (?:static )?org\\.pupil\\.board\\.plugins\\.([a-z]+)\\.");

  @Test
  void aPluginKnowsNoOtherButThoseWhoseDataItShows() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : files()) {
      Path inSources = SOURCES.relativize(file);
      if (!inSources.startsWith("plugins") || inSources.getNameCount() == 2) {
        continue;
      }
      String plugin = inSources.getName(1).toString();
      Matcher imports = PLUGIN.matcher(Files.readString(file));
      while (imports.find()) {
        String imported = imports.group(1);
        if (!imported.equals(plugin)
            && !LEAN_ON.getOrDefault(plugin, Set.of()).contains(imported)) {
          wrong.add(file + " imports " + imports.group());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void onlyTheListOfPluginsNamesThem() throws IOException {
    List<Path> wrong = new ArrayList<>();
    for (Path file : files()) {
      Path inSources = SOURCES.relativize(file);
      boolean isList = inSources.equals(Path.of("plugins", "Plugins.java"));
      boolean isPlugin = inSources.startsWith("plugins") && inSources.getNameCount() > 2;
      if (!isList && !isPlugin && PLUGIN.matcher(Files.readString(file)).find()) {
        wrong.add(file);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** In a plugin's package what works out the answers stands beside the routes, without HTTP. */
  private static boolean mayKnowTheServer(Path file) {
    String name = file.getFileName().toString();
    return switch (packageOf(file)) {
      case "web", "server" -> true;
      case "plugins" ->
          name.endsWith("Routes.java")
              || name.equals("Blobs.java")
              || name.equals("HistogramAnswers.java");
      default -> false;
    };
  }

  @Test
  void onlyTheRoutesKnowTheServer() throws IOException {
    List<Path> wrong = new ArrayList<>();
    for (Path file : files()) {
      if (!mayKnowTheServer(file) && SERVER.matcher(Files.readString(file)).find()) {
        wrong.add(file);
      }
    }
    assertThat(wrong).isEmpty();
  }
}
