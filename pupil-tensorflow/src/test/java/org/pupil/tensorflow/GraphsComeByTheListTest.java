package org.pupil.tensorflow;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** A graph comes into TensorFlow only by the list of allowed operations. */
class GraphsComeByTheListTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.pupil");

  @Test
  void onlyTheLoaderGivesGraphsToTensorFlow() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(GraphLoader.class)
        .should()
        .callMethodWhere(target(name("importGraphDef")))
        .check(CLASSES);
  }

  @Test
  void nothingElseOfTensorFlowTakesGraphs() {
    noClasses()
        .should()
        .dependOnClassesThat(
            nameMatching("org\\.tensorflow\\.(SavedModelBundle|EagerSession|ConcreteFunction)")
                .or(nameMatching("org\\.tensorflow\\.op\\.Ops")))
        .check(CLASSES);
  }
}
