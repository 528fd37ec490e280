package org.pupil.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.backbone.Backbone;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;
import org.pupil.tensorflow.Feed;
import org.pupil.tensorflow.GraphSession;
import org.pupil.training.FinalLayer;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** What Pupil writes, in the program that others open it with. */
class ModelInTensorFlowTest {
  @TempDir Path folder;

  private static GraphDef make(Backbone backbone, FinalLayer layer, ModelDescription description) {
    return TinyModel.graphOf(Model.of(backbone, layer, description));
  }

  private static float[] run(GraphDef graph, String output, float[] pixels) {
    try (GraphSession session =
        GraphSession.open(graph, GraphSession.Preparation.FOR_QUICK_START)) {
      int count = pixels.length / TinyModel.INPUT.floats();
      return session.run(output, Feed.floats("Placeholder", pixels, count, 4, 5, 3)).values();
    }
  }

  @Test
  void aSavedModelLoadsAndItsSignatureAnswers() {
    Path saved = folder.resolve("export/saved");
    TinyModel.model(folder).writeSavedModel(saved);
    float[] pixels = TinyModel.images(2);
    double[] second = TinyModel.probabilities(Arrays.copyOfRange(pixels, 60, 120));

    try (SavedModelBundle bundle = SavedModelBundle.load(saved.toString(), "serve");
        TFloat32 images = TFloat32.tensorOf(Shape.of(2, 4, 5, 3), DataBuffers.of(pixels));
        Result result = bundle.function("serving_default").call(Map.of("image", images))) {
      TFloat32 prediction = (TFloat32) result.get("prediction").orElseThrow();
      assertThat(prediction.shape().asArray()).containsExactly(2, 3);
      for (int label = 0; label < 3; label++) {
        assertThat((double) prediction.getFloat(1, label)).isCloseTo(second[label], within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "final_result",
        "softmax",
        "0",
        ".",
        "a.b-c/d_e",
        "a//b",
        "a/",
        "input",
        "backbone",
        "placeholder",
        "final_retrain_ops",
        "pupil/model/x"
      })
  void everyOutputsNameThatIsAcceptedWorks(String name) {
    ModelGraph.checkFinalTensorName(name);
    ModelDescription d = TinyModel.description();
    ModelDescription named =
        new ModelDescription(1, d.labels(), d.inputLayer(), name, 4, 5, d.alpha(), d.provenance());
    GraphDef graph = make(TinyModel.backbone(folder), TinyModel.layer(), named);

    assertThat(run(graph, name, TinyModel.images(1))).hasSize(3);
  }

  @Test
  void theFrozenGraphAnswersForEveryImageOfABatch() {
    float[] pixels = TinyModel.images(3);
    float[] answers =
        run(
            make(TinyModel.backbone(folder), TinyModel.layer(), TinyModel.description()),
            "final_result",
            pixels);

    assertThat(answers).hasSize(9);
    for (int image = 0; image < 3; image++) {
      int floats = TinyModel.INPUT.floats();
      double[] expected =
          TinyModel.probabilities(Arrays.copyOfRange(pixels, image * floats, (image + 1) * floats));
      for (int label = 0; label < 3; label++) {
        assertThat((double) answers[image * 3 + label]).isCloseTo(expected[label], within(1e-6));
      }
    }
  }

  @Test
  void edgesFollowTheirNodesToTheirNewNames() {
    GraphDef original =
        TinyModel.backboneGraph().toBuilder()
            .clearNode()
            .addNode(TinyModel.placeholder("photos", DataType.DT_FLOAT, -1, -1, -1, 3))
            .addNode(TinyModel.ints("axes", 1, 2))
            .addNode(TinyModel.ints("last", 3))
            .addNode(scalar("last/scalar", 3))
            .addNode(TinyModel.node("gate", "Relu", "photos:0"))
            .addNode(
                TinyModel.node("parts", "Split", "last/scalar", "photos").toBuilder()
                    .putAttr("num_split", AttrValue.newBuilder().setI(3).build())
                    .build())
            .addNode(TinyModel.node("green", "Add", "parts:1", "photos"))
            .addNode(TinyModel.mean("pooled", "green", "axes", "^gate", "^photos"))
            .build();
    GraphDef graph =
        make(TinyModel.backbone(folder, original), TinyModel.layer(), TinyModel.description());

    assertThat(node(graph, "backbone/gate").getInputList()).containsExactly("input/scaled");
    assertThat(node(graph, "backbone/parts").getInputList())
        .containsExactly("backbone/last/scalar", "input/scaled");
    assertThat(node(graph, "backbone/green").getInputList())
        .containsExactly("backbone/parts:1", "input/scaled");
    assertThat(node(graph, "backbone/pooled").getInputList())
        .containsExactly("backbone/green", "backbone/axes", "^backbone/gate", "^input/scaled");
    assertThat(run(graph, "final_result", TinyModel.images(1))).hasSize(3);
  }

  private static NodeDef node(GraphDef graph, String name) {
    return graph.getNodeList().stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static NodeDef scalar(String name, int value) {
    NodeDef vector = TinyModel.ints(name, value);
    TensorProto scalar =
        vector.getAttrOrThrow("value").getTensor().toBuilder().clearTensorShape().build();
    return vector.toBuilder()
        .putAttr("value", AttrValue.newBuilder().setTensor(scalar).build())
        .build();
  }
}
