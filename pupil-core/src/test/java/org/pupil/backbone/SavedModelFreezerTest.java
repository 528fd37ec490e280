package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.backbone.Run.Images;
import org.pupil.backbone.fetch.TarFile;
import org.pupil.engine.EngineName;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.images.InputSpec;
import org.pupil.network.NetworkEngine;

/** The tiny models were made by src/test/reference/tiny_saved_models.py. */
class SavedModelFreezerTest {
  @TempDir Path folder;

  /** A folder in the checkout, since a test of another module may have it in a jar. */
  static Path model(String name) {
    return Path.of(
        "..", "pupil-core", "src", "test", "resources", "org", "pupil", "backbone", name);
  }

  static float[] answer(String name) throws IOException {
    JsonNode rows =
        new ObjectMapper()
            .readTree(SavedModelFreezerTest.class.getResourceAsStream("tiny_saved_models.json"))
            .get(name);
    int width = rows.get(0).size();
    float[] flat = new float[rows.size() * width];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) rows.get(i / width).get(i % width).asDouble();
    }
    return flat;
  }

  /** The same holds with other engines. */
  NetworkEngine engine() {
    return Engines.named(EngineName.ONNX);
  }

  Backbone resolve(BackboneRequest request) {
    return Catalogs.offline(engine()).resolve(request);
  }

  @Test
  void aTensorFlow1HubModuleIsFrozenAndGivesTheSame() throws IOException {
    Backbone backbone = resolve(BackboneRequest.hubModule(model("tf1_hub").toString(), folder));

    assertThat(Run.backbone(backbone, Images.counted(2, 6, 5)))
        .containsExactly(answer("tf1_hub"), within(1e-5f));
    assertThat(backbone.input()).isEqualTo(new InputSpec(6, 5, 0, 255));
    assertThat(backbone.bottleneckLayer()).isEqualTo("hub_output/feature_vector");
  }

  @Test
  void aPipeOrADeviceAmongTheVariablesIsRefused() throws Exception {
    Path copy = Files.createDirectories(folder.resolve("m"));
    Path variables = Files.createDirectory(copy.resolve("variables"));
    Files.copy(model("tf2").resolve("saved_model.pb"), copy.resolve("saved_model.pb"));
    Path index = variables.resolve("variables.index");
    Path pipe = folder.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");
    for (Path special : List.of(pipe, Path.of("/dev/zero"))) {
      Files.deleteIfExists(index);
      Files.createSymbolicLink(index, special);
      BackboneRequest request = BackboneRequest.hubModule(copy.toString(), folder).withSize(7, 9);
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () ->
              assertThatThrownBy(() -> resolve(request))
                  .isInstanceOfSatisfying(
                      PupilException.class,
                      e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_MODEL))
                  .hasMessageContaining("a pipe or a device")
                  .hasMessageNotContaining("\n"));
    }
  }

  @Test
  void aSavedModelIsAlsoAnArchitectureByItsFolderOrItsFile() throws IOException {
    Path model = model("tf1_hub");
    Backbone byFolder = resolve(BackboneRequest.architecture(model.toString(), folder));
    Backbone byFile =
        resolve(BackboneRequest.architecture(model.resolve("saved_model.pb").toString(), folder));

    assertThat(byFolder.fingerprint()).isEqualTo(byFile.fingerprint());
    assertThat(byFolder.name()).isEqualTo(model.toString());
  }

  @Test
  void anArchiveOfAModelGivesTheSameBackboneAndLeavesNothing() throws IOException {
    Path archive = folder.resolve("1.tar.gz");
    TarFile.ofFolder(model("tf1_hub"), "./").writeTo(archive);
    Path inFolder = folder.resolve("2.tgz");
    TarFile.ofFolder(model("tf1_hub"), "module/").writeTo(inFolder);

    Backbone direct = resolve(BackboneRequest.hubModule(model("tf1_hub").toString(), folder));

    assertThat(resolve(BackboneRequest.hubModule(archive.toString(), folder)).fingerprint())
        .isEqualTo(direct.fingerprint());
    assertThat(resolve(BackboneRequest.hubModule(inFolder.toString(), folder)).fingerprint())
        .isEqualTo(direct.fingerprint());
  }

  @Test
  void aModelOfAnySizeMustBeToldOne() {
    assertThatThrownBy(() -> resolve(BackboneRequest.hubModule(model("tf2").toString(), folder)))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.USAGE))
        .hasMessageEndingWith("takes images of any size: say which with inputHeight");
  }

  @Test
  void aModelWithoutItsVariablesIsRefusedInOneLine() throws IOException {
    for (String broken : Set.of("tf2", "tf1_hub")) {
      Path copy = Files.createDirectory(folder.resolve(broken));
      Files.copy(model(broken).resolve("saved_model.pb"), copy.resolve("saved_model.pb"));

      assertThatThrownBy(
              () -> resolve(BackboneRequest.hubModule(copy.toString(), folder).withSize(7, 9)))
          .isInstanceOfSatisfying(
              PupilException.class,
              e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_MODEL))
          .hasMessageStartingWith(copy.toString())
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
  }

  @Test
  void aFolderThatIsNoSavedModelIsRefused() throws IOException {
    assertThatThrownBy(() -> resolve(BackboneRequest.hubModule(folder.toString(), folder)))
        .hasMessage(
            "tfhubModule " + folder + " is not a SavedModel: there is no saved_model.pb in it");

    Files.writeString(folder.resolve("saved_model.pb"), "hello, I am a text");
    assertThatThrownBy(() -> resolve(BackboneRequest.hubModule(folder.toString(), folder)))
        .hasMessageContaining("is not a SavedModel");

    assertThatThrownBy(() -> resolve(BackboneRequest.hubModule(folder + "/none", folder)))
        .isInstanceOfSatisfying(
            PupilException.class,
            e -> assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_INPUT))
        .hasMessageContaining("does not exist");
  }
}
