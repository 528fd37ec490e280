package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.backbone.Run.Images;
import org.pupil.backbone.fetch.TarFile;
import org.pupil.errors.PupilException;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.FunctionDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.SavedModel;

/** The tiny models were made by src/test/reference/tiny_saved_models.py. */
class SavedModelFreezerTest {
  @TempDir Path folder;

  static Path model(String name) {
    try {
      return Path.of(SavedModelFreezerTest.class.getResource(name + "/saved_model.pb").toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[] answer(String name) throws IOException {
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

  private Backbone resolve(BackboneRequest request) {
    return Catalogs.offline().resolve(request);
  }

  @Test
  void aTensorFlow2ModelIsFrozenWithoutFunctionsAndGivesTheSame() throws IOException {
    Backbone backbone =
        resolve(BackboneRequest.hubModule(model("tf2").toString(), folder).withSize(7, 9));

    assertThat(Run.backbone(backbone, Images.counted(2, 7, 9)))
        .containsExactly(answer("tf2"), within(1e-5f));
    assertThat(backbone.bottleneckSize()).isEqualTo(5);
    assertThat(backbone.input()).isEqualTo(new InputSpec(7, 9, 0, 255));
    assertThat(Run.definition(backbone).getLibrary().getFunctionCount()).isZero();
    assertThat(Run.definition(backbone).getNodeList())
        .extracting(NodeDef::getOp)
        .doesNotContain("VarHandleOp", "ReadVariableOp", "StatefulPartitionedCall");
    assertThat(backbone.convMap()).hasValueSatisfying(map -> assertThat(map).contains("onv2"));
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
  void theSignaturesOutputsCanBeNamedAndSoCanNodesInside() {
    BackboneRequest request =
        BackboneRequest.hubModule(model("tf2").toString(), folder).withSize(7, 9);

    Backbone named = resolve(request.withLayers(Optional.empty(), Optional.of("feature_vector")));
    Backbone inside =
        resolve(
            request.withLayers(
                Optional.empty(),
                Optional.of("StatefulPartitionedCall/StatefulPartitionedCall/pool")));

    assertThat(named.fingerprint()).isEqualTo(resolve(request).fingerprint());
    assertThat(Run.backbone(inside, Images.counted(2, 7, 9)))
        .containsExactly(Run.backbone(named, Images.counted(2, 7, 9)));
    assertThatThrownBy(() -> resolve(request.withLayers(Optional.empty(), Optional.of("map"))))
        .hasMessageContaining("gives [n,4,5,5] for images of 7 x 9; a bottleneck is [n,d]");
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

  /** As Keras 3 saves: what is restored are wrappers of the variables that are used. */
  @Test
  void aVariableThatIsNotRestoredIsFoundByItsNameUnlessSeveralHaveIt() throws IOException {
    BackboneRequest request =
        BackboneRequest.hubModule(withoutRestoring("beta").toString(), folder).withSize(7, 9);
    assertThat(Run.backbone(resolve(request), Images.counted(2, 7, 9)))
        .containsExactly(answer("tf2"), within(1e-5f));

    Path ambiguous = withoutRestoring("kernel");
    assertThatThrownBy(
            () -> resolve(BackboneRequest.hubModule(ambiguous.toString(), folder).withSize(7, 9)))
        .hasMessageStartingWith(ambiguous + " is damaged: it has no value for the variable kernel");
  }

  private Path withoutRestoring(String variable) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("without_" + variable));
    Path original = model("tf2");
    Files.createDirectory(copy.resolve("variables"));
    for (String name : List.of("variables.index", "variables.data-00000-of-00001")) {
      Files.copy(
          original.resolve("variables").resolve(name), copy.resolve("variables").resolve(name));
    }
    SavedModel.Builder model =
        SavedModel.parseFrom(Files.readAllBytes(original.resolve("saved_model.pb"))).toBuilder();
    int forgotten = 0;
    for (FunctionDef.Builder function :
        model
            .getMetaGraphsBuilder(0)
            .getGraphDefBuilder()
            .getLibraryBuilder()
            .getFunctionBuilderList()) {
      for (NodeDef.Builder node : function.getNodeDefBuilderList()) {
        if (node.getOp().equals("AssignVariableOp") && node.getInput(0).contains(variable)) {
          node.setOp("Forgotten");
          forgotten++;
        }
      }
    }
    assertThat(forgotten).isPositive();
    Files.write(copy.resolve("saved_model.pb"), model.build().toByteArray());
    return copy;
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
