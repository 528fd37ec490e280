package org.pupil;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pupil.dataset.PhotoSource;
import org.pupil.evaluation.Evaluation;
import org.pupil.model.Provenance;

/** What a program sees of the package {@code org.pupil}. */
class PublicTypesTest {
  private static final Path SOURCES = Path.of("src/main/java/org/pupil");

  /** Libraries that Pupil uses today, and may not tomorrow. */
  private static final List<String> INNER =
      List.of(
          "org.tensorflow",
          "org.bytedeco",
          "org.sqlite",
          "com.google.protobuf",
          "org.pupil.log.proto", // classes that protobuf generated
          "picocli");

  private static final Pattern OWN = Pattern.compile("org\\.pupil\\.[\\w.$]*\\w");

  private static List<Class<?>> publicTypes() throws IOException {
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        if (!name.equals("package-info")) {
          Class<?> type = load("org.pupil." + name);
          Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses()))
              .filter(one -> Modifier.isPublic(one.getModifiers()))
              .filter(one -> Modifier.isPublic(type.getModifiers()))
              .forEach(types::add);
        }
      }
    }
    return types;
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theyAreFew() throws IOException {
    assertThat(publicTypes())
        .containsExactly(
            Answer.class,
            Classifier.class,
            Progress.class,
            Progress.Stage.class,
            Pupil.class,
            Teaching.class,
            TeachingControl.class,
            TeachingListener.class);
  }

  @Test
  void theirSignaturesNameNoLibraryThatPupilUses() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Class<?> type : publicTypes()) {
      signatures(type).stream()
          .filter(signature -> INNER.stream().anyMatch(signature::contains))
          .forEach(wrong::add);
    }
    assertThat(wrong).isEmpty();
  }

  /** What a program can get from them, and from that, and so on. */
  @Test
  void norDoThoseOfTheTypesThatTheyGiveAndTake() throws IOException {
    Set<Class<?>> seen = new LinkedHashSet<>(publicTypes());
    Deque<Class<?>> open = new ArrayDeque<>(seen);
    List<String> wrong = new ArrayList<>();
    while (!open.isEmpty()) {
      for (String signature : signatures(open.remove())) {
        if (INNER.stream().anyMatch(signature::contains)) {
          wrong.add(signature);
        }
        OWN.matcher(signature)
            .results()
            .map(MatchResult::group)
            .flatMap(PublicTypesTest::type)
            .filter(type -> Modifier.isPublic(type.getModifiers()) && seen.add(type))
            .forEach(open::add);
      }
    }
    assertThat(seen).contains(Evaluation.class, Provenance.Training.class, PhotoSource.class);
    assertThat(wrong).isEmpty();
  }

  /** Empty for the name of a method. */
  private static Stream<Class<?>> type(String name) {
    try {
      return Stream.of(Class.forName(name));
    } catch (ClassNotFoundException e) {
      return Stream.of();
    }
  }

  @Test
  void aViolationIsSeen() {
    assertThat(signatures(org.pupil.model.Model.class))
        .anyMatch(signature -> INNER.stream().anyMatch(signature::contains));
  }

  private static List<String> signatures(Class<?> type) {
    List<String> signatures = new ArrayList<>();
    Stream.<AccessibleObject>concat(
            Stream.concat(
                Arrays.stream(type.getDeclaredMethods()),
                Arrays.stream(type.getDeclaredConstructors())),
            Arrays.stream(type.getDeclaredFields()))
        .filter(PublicTypesTest::isVisible)
        .forEach(member -> signatures.add(generic(member)));
    for (Type above : type.getGenericInterfaces()) {
      signatures.add(type.getSimpleName() + " implements " + above.getTypeName());
    }
    return signatures;
  }

  private static boolean isVisible(AccessibleObject member) {
    int modifiers = ((Member) member).getModifiers();
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String generic(AccessibleObject member) {
    if (member instanceof Method method) {
      return method.toGenericString();
    }
    return member instanceof Constructor<?> constructor
        ? constructor.toGenericString()
        : ((Field) member).toGenericString();
  }
}
