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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
