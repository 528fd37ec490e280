package org.pupil.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.Classifier;
import org.pupil.Pupil;
import org.pupil.program.Checkout;

/** The programs in {@code examples} compile without a warning, and do what they say. */
class ExamplesTest {
  private static final Path EXAMPLES = Checkout.folder().resolve("examples");

  @TempDir private Path folder;

  @Test
  void thePhotoSorterCopiesEachPhotoToItsLabel() throws Exception {
    Path mixed = Files.createDirectory(folder.resolve("mixed"));
    for (String photo : List.of("bird/duck.jpg", "flower/rose.jpg", "mammal/rabbit_little.jpg")) {
      Path from = EXAMPLES.resolve("photos").resolve(photo);
      Files.copy(from, mixed.resolve(from.getFileName()));
    }
    Files.writeString(mixed.resolve("letter.jpg"), "Dear Sir");
    try (Classifier classifier =
        Pupil.teaching(EXAMPLES.resolve("photos"))
            .bottleneckDir(folder.resolve("bottlenecks"))
            .run()) {
      classifier.save(folder.resolve("model"));
    }
    Path sorted = folder.resolve("sorted");

    run("PhotoSorter", folder.resolve("model"), mixed, sorted);
    assertThat(files(sorted))
        .containsExactly("bird/duck.jpg", "flower/rose.jpg", "unsure/rabbit_little.jpg");
    // What is there stays as it is.
    Files.writeString(sorted.resolve("bird/duck.jpg"), "mine");
    run("PhotoSorter", folder.resolve("model"), mixed, sorted);
    assertThat(sorted.resolve("bird/duck.jpg")).hasContent("mine");
    assertThat(files(sorted)).hasSize(3);
  }

  private void run(String program, Path... arguments) throws Exception {
    Path classes = folder.resolve("classes");
    compile(EXAMPLES.resolve(program + ".java"), classes);
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      Object given = Stream.of(arguments).map(Path::toString).toArray(String[]::new);
      loader.loadClass(program).getMethod("main", String[].class).invoke(null, given);
    } catch (InvocationTargetException e) {
      throw new AssertionError(program + " failed", e.getCause());
    }
  }

  private static void compile(Path source, Path classes) throws IOException {
    Files.createDirectories(classes);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int status =
        compiler.run(
            null,
            messages,
            messages,
            "-Xlint:all,-path,-processing",
            "-Werror",
            "-proc:none",
            "-classpath",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "-d",
            classes.toString(),
            source.toString());
    assertThat(messages.toString(UTF_8)).isEmpty();
    assertThat(status).isZero();
  }

  private static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      Set<String> names = new TreeSet<>();
      found
          .filter(Files::isRegularFile)
          .forEach(file -> names.add(folder.relativize(file).toString().replace('\\', '/')));
      return names;
    }
  }
}
