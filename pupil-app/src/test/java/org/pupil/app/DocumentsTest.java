package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.Classifier;
import org.pupil.TeachingControl;
import org.pupil.example.TeachAndLabel;
import org.pupil.program.Checkout;

/** What the documents say holds of the checkout that they are in. */
class DocumentsTest {
  private static final Path ROOT = Checkout.folder();
  private static final Path README = ROOT.resolve("README.md");
  private static final Path SNIPPET =
      ROOT.resolve("pupil-app/src/test/java/org/pupil/example/TeachAndLabel.java");

  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\n(.*?)^```$");

  /** What stands between two marks of the compiled source is shown in documents. */
  private static final Pattern SHOWN = Pattern.compile("(?ms)^ *// begin\\n(.*?)^ *// end$");

  /** {@code [text](target)}, {@code ![text](target)}, and what HTML has for them. */
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^()\\s]+)\\)|(?:src|srcset|href)=\"([^\"]+)\"");

  /** {@code `RunStops`} or {@code `RunStops.find`}, of two words at least. */
  private static final Pattern NAMED_CLASS =
      Pattern.compile("`([A-Z][a-z]+[A-Z]\\w*)(?:\\.\\w+(?:\\([^`]*\\))?)?`");

  /** Classes of Java's that documents name. */
  private static final Set<String> OF_JAVA =
      Set.of("BufferedImage", "CancellationException", "InputStream");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");

  @Test
  void everyLinkOfADocumentLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (String target : links(document)) {
        if (!leadsSomewhere(document, target)) {
          broken.add(ROOT.relativize(document) + " -> " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void readmeLeadsToEveryDocument() throws IOException {
    List<Path> reached = new ArrayList<>(List.of(README));
    for (int i = 0; i < reached.size(); i++) {
      Path document = reached.get(i);
      links(document).stream()
          .filter(target -> !ELSEWHERE.matcher(target).matches() && !target.startsWith("#"))
          .map(target -> file(document, target))
          .filter(file -> file.toString().endsWith(".md") && !reached.contains(file))
          .distinct()
          .forEach(reached::add);
    }
    assertThat(reached).containsAll(documents());
  }

  @Test
  void aLinkToNothingIsNoticed() throws IOException {
    assertThat(leadsSomewhere(README, "docs/no-such-page.md")).isFalse();
    assertThat(leadsSomewhere(README, "CONTRIBUTING.md#no-such-heading")).isFalse();
    assertThat(leadsSomewhere(README, "pupil.cmd")).isTrue();
    assertThat(leadsSomewhere(README, "https://example.org/anything")).isTrue();
  }

  @Test
  void theClassesThatDocumentsNameAreThere() throws IOException {
    Set<String> known = new HashSet<>(OF_JAVA);
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .forEach(known::add);
    }
    Set<String> unknown = new TreeSet<>();
    for (String document : List.of("CONTRIBUTING.md", "docs/the-data-way.md", "docs/java.md")) {
      NAMED_CLASS
          .matcher(Files.readString(ROOT.resolve(document)))
          .results()
          .map(match -> match.group(1))
          .filter(name -> !known.contains(name))
          .forEach(name -> unknown.add(document + ": " + name));
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void theJavaOfTheDocumentsIsTheJavaThatIsCompiledHere() throws IOException {
    List<String> compiled =
        SHOWN
            .matcher(Files.readString(SNIPPET))
            .results()
            .map(part -> part.group(1).stripTrailing().stripIndent() + "\n")
            .toList();
    Set<String> shown = new LinkedHashSet<>(javaOf(README));
    shown.addAll(javaOf(ROOT.resolve("docs/java.md")));
    assertThat(shown).containsExactlyElementsOf(compiled);
  }

  private static List<String> javaOf(Path document) throws IOException {
    return JAVA.matcher(Files.readString(document)).results().map(block -> block.group(1)).toList();
  }

  @Test
  void theJavaOfTheDocumentsTeachesAndLabels(@TempDir Path folder) throws IOException {
    Path photos = folder.resolve("photos");
    for (String name :
        List.of(
            "bird/owl.jpg",
            "bird/crow.jpg",
            "bird/hen.jpg",
            "bird/pelican.jpg",
            "fruit/kiwi.jpg",
            "fruit/lemon.jpg",
            "fruit/pear.jpg",
            "fruit/orange.jpg")) {
      Files.createDirectories(photos.resolve(name).getParent());
      Files.copy(ROOT.resolve("examples/photos").resolve(name), photos.resolve(name));
    }
    Path model = folder.resolve("model");
    Path duck = ROOT.resolve("examples/photos/bird/duck.jpg");
    assertThat(printed(() -> TeachAndLabel.teach(photos, model, duck)))
        .contains("Right on test photos: ")
        .containsPattern("(?m)^bird 0[.]\\d+$");
    assertThat(printed(() -> TeachAndLabel.label(model, List.of(duck, model))))
        .contains(duck + ": bird 0.")
        .contains(model + ": ");
    assertThat(printed(() -> TeachAndLabel.explain(model, duck)))
        .matches("bird [0-9.>]+, fruit [^\\n]*\\n");
    assertThat(printed(() -> TeachAndLabel.teachOtherwise(photos, new TeachingControl()).close()))
        .contains("TRAINING 500");
    try (Classifier classifier = TeachAndLabel.distorted(photos).run()) {
      assertThat(classifier.provenance().options()).containsEntry("distortion_variants", "4");
    }
    byte[] crow = Files.readAllBytes(photos.resolve("bird/crow.jpg"));
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    assertThat(TeachAndLabel.photosInMemory(duck, crow, image).countByLabel())
        .containsExactly(1, 2);
  }

  private static String printed(Runnable program) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    for (String folder : List.of("docs", "examples")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    try (Stream<Path> files = Files.list(ROOT)) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    assertThat(documents).contains(README, ROOT.resolve("docs/the-data-way.md"));
    return documents;
  }

  private static List<String> links(Path document) throws IOException {
    return LINK.matcher(prose(document))
        .results()
        .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
        .toList();
  }

  private static String prose(Path document) throws IOException {
    return FENCED.matcher(Files.readString(document)).replaceAll("");
  }

  private static boolean leadsSomewhere(Path document, String target) throws IOException {
    if (ELSEWHERE.matcher(target).matches()) {
      return true;
    }
    Path file = file(document, target);
    int hash = target.indexOf('#');
    return Files.exists(file) && (hash < 0 || anchors(file).contains(target.substring(hash + 1)));
  }

  private static Path file(Path document, String target) {
    String path = URLDecoder.decode(target.replaceFirst("#.*", ""), StandardCharsets.UTF_8);
    return path.isEmpty() ? document : document.resolveSibling(path).normalize();
  }

  /** Headings as GitHub makes anchors of them. */
  private static List<String> anchors(Path document) throws IOException {
    return HEADING
        .matcher(prose(document))
        .results()
        .map((MatchResult heading) -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
