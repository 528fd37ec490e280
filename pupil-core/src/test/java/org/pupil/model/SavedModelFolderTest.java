package org.pupil.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.log.proto.SavedModel;
import org.pupil.training.FinalLayer;

class SavedModelFolderTest {
  @TempDir Path folder;
  private Path saved;
  private Model model;

  @BeforeEach
  void makeModel() {
    saved = folder.resolve("export/saved");
    model = TinyModel.model(folder);
  }

  /** Every file and folder below a folder, with content. */
  private static Map<String, String> content(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.toList()) {
        String name = root.relativize(path).toString();
        content.put(
            name,
            Files.isRegularFile(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "/");
      }
    }
    return content;
  }

  private void checkPlaces() {
    Model.checkPlaces(
        "final_result",
        folder.resolve("graph.pb"),
        folder.resolve("labels.txt"),
        Optional.of(saved));
  }

  /** Neither the check before the work nor the writing touches what is there. */
  private void assertRefused(String message) throws IOException {
    Map<String, String> before = content(folder);
    for (Runnable action : new Runnable[] {this::checkPlaces, () -> model.writeSavedModel(saved)}) {
      assertThatThrownBy(action::run)
          .isInstanceOfSatisfying(
              PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
          .hasMessageStartingWith("savedModelDir: ")
          .hasMessageContaining(saved.getParent().toString())
          .hasMessageContaining(message);
    }
    assertThat(content(folder)).isEqualTo(before);
  }

  @Test
  void itIsOneFileAndNothingIsLeftBesideIt() throws IOException {
    checkPlaces();
    model.writeSavedModel(saved);
    assertThat(content(saved.getParent())).containsOnlyKeys("", "saved", "saved/saved_model.pb");
  }

  @Test
  void onesOwnSavedModelIsReplaced() throws IOException {
    model.writeSavedModel(saved);
    byte[] first = Files.readAllBytes(saved.resolve("saved_model.pb"));
    Model other =
        Model.of(
            TinyModel.backbone(folder),
            new FinalLayer(3, new float[9], new float[3]),
            TinyModel.description());
    checkPlaces();
    other.writeSavedModel(saved);

    assertThat(Files.readAllBytes(saved.resolve("saved_model.pb"))).isNotEqualTo(first);
    assertThat(content(saved.getParent())).containsOnlyKeys("", "saved", "saved/saved_model.pb");
  }

  @Test
  void anEmptyFolderIsTaken() throws IOException {
    Files.createDirectories(saved);
    checkPlaces();
    model.writeSavedModel(saved);
    assertThat(saved.resolve("saved_model.pb")).exists();
  }

  @Test
  void aFileInItsPlaceIsRefused() throws IOException {
    Files.createDirectories(saved.getParent());
    Files.writeString(saved, "precious");
    assertRefused(" is a file; give the name of a folder");
  }

  @Test
  void aFolderWithAnythingElseIsRefused() throws IOException {
    Files.createDirectories(saved);
    Files.writeString(saved.resolve("thesis.txt"), "precious");
    assertRefused(" holds thesis.txt, which Pupil did not make");
  }

  @Test
  void filesThatWereAddedToOnesOwnSavedModelAreNotDeleted() throws IOException {
    model.writeSavedModel(saved);
    Files.createDirectories(saved.resolve("assets"));
    Files.writeString(saved.resolve("assets/vocabulary.txt"), "precious");
    assertRefused(" holds assets, which Pupil did not make");
  }

  @Test
  void aSavedModelOfAnotherProgramIsRefused() throws IOException {
    Files.createDirectories(saved);
    Path file = saved.resolve("saved_model.pb");
    Files.write(file, SavedModel.newBuilder().setSavedModelSchemaVersion(1).build().toByteArray());
    assertRefused(" holds saved_model.pb, which Pupil did not make");
    Files.writeString(file, "no SavedModel at all");
    assertRefused(" holds saved_model.pb, which Pupil did not make");
    Files.delete(file);
    Files.createDirectory(file);
    assertRefused(" holds saved_model.pb, which Pupil did not make");
  }

  @Test
  void aLinkToOnesOwnSavedModelIsNotFollowedIntoAnotherFolder() throws IOException {
    model.writeSavedModel(folder.resolve("elsewhere"));
    Files.createDirectories(saved);
    Files.createSymbolicLink(
        saved.resolve("saved_model.pb"), folder.resolve("elsewhere/saved_model.pb"));
    assertRefused(" holds saved_model.pb, which Pupil did not make");
  }

  @Test
  void aFolderBelowAFileCannotBe() throws IOException {
    Files.writeString(folder.resolve("export"), "a file");
    assertRefused("export is a file, not a folder");
  }

  @Test
  void aFolderAboveThatCannotBeWrittenIsSeenBeforeTheWork() throws IOException {
    Files.createDirectories(saved.getParent());
    assumeTrue(saved.getParent().toFile().setWritable(false));
    try {
      assumeTrue(!Files.isWritable(saved.getParent()), "this user may write everywhere");
      assertRefused("no permission");
    } finally {
      assertThat(saved.getParent().toFile().setWritable(true)).isTrue();
    }
  }
}
