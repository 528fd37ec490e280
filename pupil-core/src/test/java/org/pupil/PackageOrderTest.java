package org.pupil;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the order of the packages: a photo goes one way, and so does what packages use. */
class PackageOrderTest {
  private static final String ROOT = "org.pupil";

  /** A package uses only those before it. The last is the door, {@code org.pupil} itself. */
  private static final List<String> WAY =
      List.of(
          ".dataset",
          ".images",
          ".network",
          ".engine",
          ".backbone.fetch",
          ".ingest",
          ".backbone",
          ".bottleneck",
          ".similarity",
          ".training",
          ".finetuning",
          ".evaluation",
          ".check",
          ".familiarity",
          ".model",
          ".labelling",
          ".explain",
          ".run",
          ".assessment",
          ".tuning",
          ".inventory",
          "");

  /** What stands beside the way and may be used by all, with what it uses itself. */
  private static final Map<String, Set<String>> BESIDE =
      Map.ofEntries(
          Map.entry(".background", Set.of()),
          Map.entry(".errors", Set.of()),
          Map.entry(".chance", Set.of()),
          Map.entry(".files", Set.of(".errors")),
          Map.entry(".graph", Set.of(".errors", ".files")),
          Map.entry(".onnx", Set.of(".errors", ".graph", ".onnx.proto")),
          Map.entry(".onnx.proto", Set.of()),
          Map.entry(".natives", Set.of(".errors", ".files")),
          Map.entry(".record", Set.of(".errors", ".files")),
          Map.entry(".pictures", Set.of(".errors")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // A module below this one, which all may use.
          .withImportOption(location -> !location.contains("/pupil-log"))
          .importPackages(ROOT);

  private static final DescribedPredicate<JavaClass> TENSORFLOW =
      resideInAnyPackage("org.tensorflow..").as("TensorFlow, which is not always there");

  private static final DescribedPredicate<JavaClass> ONNX_RUNTIME =
      resideInAnyPackage("ai.onnxruntime..").as("ONNX Runtime's library");

  private static final DescribedPredicate<JavaClass> DECODER =
      resideInAnyPackage("org.bytedeco.leptonica..").as("Leptonica");

  private static List<String> packages() {
    List<String> all = new ArrayList<>(WAY);
    all.addAll(BESIDE.keySet());
    return all;
  }

  private static Set<String> allowed(String name) {
    if (BESIDE.containsKey(name)) {
      return BESIDE.get(name);
    }
    Set<String> allowed = new TreeSet<>(BESIDE.keySet());
    allowed.addAll(WAY.subList(0, WAY.indexOf(name)));
    return allowed;
  }

  private static ArchRule usesOnly(String name, Collection<String> allowed) {
    String[] others =
        packages().stream()
            .filter(other -> !other.equals(name) && !allowed.contains(other))
            .map(other -> ROOT + other)
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  @Test
  void everyPackageHasItsPlace() {
    Set<String> found =
        CLASSES.stream()
            .map(type -> type.getPackageName().substring(ROOT.length()))
            .collect(Collectors.toSet());

    assertThat(found).containsExactlyInAnyOrderElementsOf(packages());
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageUsesOnlyThoseBeforeItOnTheWay(String name) {
    usesOnly(name, allowed(name)).check(CLASSES);
  }

  @Test
  void aPackageThatUsesALaterOneIsSeen() {
    Set<String> withoutTraining = new TreeSet<>(allowed(".run"));
    withoutTraining.remove(".training");

    assertThat(usesOnly(".run", withoutTraining).evaluate(CLASSES).hasViolation()).isTrue();
  }

  @Test
  void onlyTheImagesPackageUsesTheNativeDecoder() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".images")
        .should()
        .dependOnClassesThat(DECODER)
        .check(CLASSES);
  }

  @Test
  void theLibraryDoesNotKnowTensorFlow() {
    noClasses().should().dependOnClassesThat(TENSORFLOW).check(CLASSES);
  }

  @Test
  void networksAreRunByWayOfNetworkOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".engine")
        .should()
        .dependOnClassesThat(ONNX_RUNTIME)
        .check(CLASSES);
  }
}
