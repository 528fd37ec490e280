package org.pupil;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples in the documentation of what programs use compile. */
class JavadocExamplesTest {
  private static final Path SOURCES = Path.of("src/main/java/org/pupil");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)<pre>\\{@code\\n(.*?)\\n *\\* }</pre>");

  /** What an example may use that its program would have. */
  private static final String PROGRAM =
      """
      import java.awt.image.BufferedImage;
      import java.io.*;
      import java.nio.file.*;
      import java.util.*;
      import org.pupil.*;
      import org.pupil.dataset.*;
      class MyProgram {
        interface Button { void onClick(Runnable action); }
        interface Bar { void setValue(int percent); }
        void example(Button cancelButton, Bar bar, byte[] bytes, BufferedImage image) throws Exception {
          %s
        }
      }
      """;

  @TestFactory
  List<DynamicTest> examplesCompile() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    addExamplesIn(SOURCES, tests);
    addExamplesIn(SOURCES.resolve("dataset"), tests);
    assertThat(tests).hasSizeGreaterThanOrEqualTo(8);
    return tests;
  }

  private static void addExamplesIn(Path folder, List<DynamicTest> tests) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        EXAMPLE
            .matcher(Files.readString(file))
            .results()
            .map(example -> example.group(1).replaceAll("(?m)^ *\\* ?", ""))
            .forEach(
                example ->
                    tests.add(
                        DynamicTest.dynamicTest(
                            file.getFileName() + " " + tests.size(),
                            () -> assertThat(errors(PROGRAM.formatted(example))).isEmpty())));
      }
    }
  }

  private static String errors(String program) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///MyProgram.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return program;
          }
        };
    StringWriter said = new StringWriter();
    Path classes = Files.createTempDirectory("examples");
    List<String> options =
        List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", classPath());
    boolean compiled = compiler.getTask(said, null, null, options, null, List.of(source)).call();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
    return compiled ? "" : said.toString();
  }

  private static String classPath() {
    return Path.of("target/classes") + File.pathSeparator + System.getProperty("java.class.path");
  }
}
