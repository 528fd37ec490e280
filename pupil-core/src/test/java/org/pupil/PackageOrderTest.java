package org.pupil;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the order of the packages: a photo goes one way, and so do the imports. */
class PackageOrderTest {
  private static final Path SOURCES = Path.of("src/main/java/org/pupil");

  /** The package {@code org.pupil} itself. */
  private static final String THE_DOOR = "";

  /** A package imports only those before it. */
  private static final List<String> WAY =
      List.of(
          "dataset",
          "images",
          "backbone",
          "bottleneck",
          "training",
          "evaluation",
          "model",
          "labelling",
          "run",
          THE_DOOR);

  /** What stands beside the way and may be imported by all, with what it imports itself. */
  private static final Map<String, Set<String>> BESIDE =
      Map.of(
          "background", Set.of(),
          "errors", Set.of(),
          "chance", Set.of(),
          "files", Set.of("errors"),
          "tensorflow", Set.of("errors", "files"),
          "eventlog", Set.of("errors", "files"),
          "pictures", Set.of("errors"));

  /** Where graphs are run, so that native memory has few owners. */
  private static final Set<String> RUN_TENSORFLOW = Set.of("tensorflow", "images", "backbone");

  /** Where graphs are only read and written, as messages without native memory. */
  private static final Set<String> USE_ITS_MESSAGES = Set.of("model", "labelling", "eventlog");

  /** Imports, and names that are written out in the code; comments may speak of anything. */
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");

  private static final Pattern OURS = Pattern.compile("(?<!package )org\\.pupil\\.([a-z]+)\\b");
  private static final Pattern TENSORFLOW = Pattern.compile("org\\.tensorflow\\.(\\w+)");

  private static Map<String, String> code() throws IOException {
    Map<String, String> codeByPackage = new TreeMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String name = SOURCES.relativize(file.getParent()).toString();
        String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
        codeByPackage.merge(name, code, String::concat);
      }
    }
    return codeByPackage;
  }

  private static Set<String> found(Pattern pattern, String code) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = pattern.matcher(code);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  @Test
  void everyPackageHasItsPlace() throws IOException {
    Set<String> known = new TreeSet<>(WAY);
    known.addAll(BESIDE.keySet());
    assertThat(code().keySet()).isEqualTo(known);
  }

  @Test
  void aPackageImportsOnlyThoseBeforeItOnTheWay() throws IOException {
    List<String> wrong = new ArrayList<>();
    code()
        .forEach(
            (name, code) -> {
              Set<String> allowed = new TreeSet<>(Set.of(name));
              if (BESIDE.containsKey(name)) {
                allowed.addAll(BESIDE.get(name));
              } else {
                allowed.addAll(BESIDE.keySet());
                allowed.addAll(WAY.subList(0, WAY.indexOf(name)));
              }
              found(OURS, code).stream()
                  .filter(imported -> !allowed.contains(imported))
                  .forEach(imported -> wrong.add(name + " imports " + imported));
            });
    assertThat(wrong).isEmpty();
  }

  @Test
  void tensorFlowIsImportedOnlyWhereItMustBe() throws IOException {
    List<String> wrong = new ArrayList<>();
    code()
        .forEach(
            (name, code) -> {
              Set<String> parts = found(TENSORFLOW, code);
              if (USE_ITS_MESSAGES.contains(name)) {
                parts.remove("proto");
              }
              if (!parts.isEmpty() && !RUN_TENSORFLOW.contains(name)) {
                wrong.add(name + " imports org.tensorflow: " + parts);
              }
            });
    assertThat(wrong).isEmpty();
  }

  /** Ways into TensorFlow, and what Pupil's own graphs are measured by: where each may stand. */
  private static final Map<String, Set<String>> ONLY_IN =
      Map.of(
          "importGraphDef", Set.of("tensorflow/GraphLoader.java"),
          "SavedModelBundle", Set.of(),
          "EagerSession", Set.of(),
          "Ops.create", Set.of(),
          "ConcreteFunction", Set.of(),
          "OF_DECODING", Set.of("tensorflow/AllowedOperations.java", "images/ImageDecoder.java"),
          "OF_RESTORING", Set.of("tensorflow/AllowedOperations.java", "backbone/Checkpoint.java"));

  @Test
  void noGraphGoesRoundTheListOfAllowedOperations() throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    ONLY_IN.keySet().forEach(word -> found.put(word, new TreeSet<>()));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
        ONLY_IN.keySet().stream()
            .filter(code::contains)
            .forEach(word -> found.get(word).add(SOURCES.relativize(file).toString()));
      }
    }
    assertThat(found).isEqualTo(ONLY_IN);
  }

  @Test
  void thePatternsSeeAViolation() {
    String code =
        COMMENT.matcher("import static org.pupil.run.A.b; // org.pupil.model\n").replaceAll("");
    assertThat(found(OURS, code)).containsExactly("run");
    assertThat(found(TENSORFLOW, "import org.tensorflow.proto.GraphDef;")).containsExactly("proto");
    assertThat(found(TENSORFLOW, "import org.tensorflow.Graph;")).containsExactly("Graph");
  }
}
