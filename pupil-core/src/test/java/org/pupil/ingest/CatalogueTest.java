package org.pupil.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;

/** The sets that are known by name. */
class CatalogueTest {
  @TempDir Path work;

  @Test
  void theBuiltInOneHasTheSetsOfTheDocuments() {
    List<KnownDataset> datasets = Catalogue.builtIn().datasets();

    assertThat(datasets)
        .extracting(KnownDataset::name)
        .contains(
            "flower_photos",
            "cats_vs_dogs",
            "hymenoptera",
            "caltech_101",
            "oxford_pets",
            "food_101",
            "plant_village",
            "fashion_mnist")
        .doesNotHaveDuplicates();
    assertThat(datasets)
        .allSatisfy(
            dataset -> {
              assertThat(dataset.licence()).isNotBlank();
              assertThat(dataset.files())
                  .allSatisfy(file -> assertThat(file.address().getScheme()).isEqualTo("https"));
            });
  }

  @Test
  void namesAreFoundInAnySpelling() {
    Catalogue catalogue = Catalogue.builtIn();
    assertThat(catalogue.find("Flower-Photos")).isPresent();
    assertThat(catalogue.find("caltech101")).isPresent();
    assertThat(catalogue.find("roses")).isEmpty();
  }

  @Test
  void aNameThatDoesNotExistListsThoseThatDo() {
    assertThatThrownBy(() -> Source.of("flower_photo", Catalogue.builtIn()))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith(
            "there is no file, folder or data set flower_photo: did you mean flower_photos?; the data sets are flower_photos, cats_vs_dogs,");
    assertThatThrownBy(() -> Source.of("zebras", Catalogue.builtIn()))
        .hasMessageStartingWith("there is no file, folder or data set zebras; the data sets are");
    assertThatThrownBy(() -> Source.of("./zebras.zip", Catalogue.builtIn()))
        .hasMessage("there is no file or folder ./zebras.zip");
  }

  @Test
  void whatIsNoCatalogueIsNamed() throws Exception {
    Path file = Files.writeString(work.resolve("sets.json"), "[{\"name\": \"pets\"}]");
    assertThatThrownBy(() -> Catalogue.read(file))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("is no catalogue: pets: files is missing");
    Files.writeString(file, "{");
    assertThatThrownBy(() -> Catalogue.read(file)).hasMessageContaining("is no catalogue");
  }
}
