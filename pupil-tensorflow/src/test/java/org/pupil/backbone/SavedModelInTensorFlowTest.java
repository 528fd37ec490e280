package org.pupil.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pupil.backbone.Run.Images;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.FunctionDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.SavedModel;
import org.pupil.network.NetworkEngine;
import org.pupil.tensorflow.TensorFlowEngine;

/** The tests of SavedModels with TensorFlow, and with a model that has an operation of its own. */
class SavedModelInTensorFlowTest extends SavedModelFreezerTest {
  @Override
  NetworkEngine engine() {
    return new TensorFlowEngine();
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
}
