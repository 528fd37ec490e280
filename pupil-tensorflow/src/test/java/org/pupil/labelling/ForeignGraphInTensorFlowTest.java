package org.pupil.labelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pupil.dataset.Labels;
import org.pupil.dataset.PhotoSource;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.model.TinyModel;
import org.pupil.network.NetworkEngine;
import org.pupil.tensorflow.TensorFlowEngine;

/** The tests of others' graphs with TensorFlow, and what only TensorFlow runs or refuses. */
class ForeignGraphInTensorFlowTest extends ForeignGraphTest {
  @Override
  NetworkEngine engine() {
    return new TensorFlowEngine();
  }

  @Test
  void whatTensorFlowDoesNotAcceptIsSaidInOneLine() throws IOException {
    GraphDef good = graph("input", "final_result", -1, 4, 5, 3);
    assertUnusable(
        needing(good, TinyModel.node("x", "Relu", "axes")),
        Overrides.NONE,
        "TensorFlow does not accept the graph: ");
  }

  /** TensorFlow tells it at the first photo. */
  @Override
  @Test
  void anotherNumberOfLabelsIsSeenWhereTheShapeMustBeComputed() throws IOException {
    assertThat(label(model(ofUnknownShape()), 20)).hasSize(20);
    for (List<String> names : List.of(List.of("a", "b"), List.of("a", "b", "c", "d"))) {
      LabellingGraph model = model(ofUnknownShape(), new Labels(names), Overrides.NONE);
      List<LabelledPhoto> answers = new ArrayList<>();
      try (Labeller labeller = Labeller.open(model, engine(), 2, 20)) {
        List<PhotoSource> photos =
            IntStream.range(0, 20)
                .mapToObj(i -> PhotoSource.of("p", () -> Pictures.png(5, 4, (x, y) -> i)))
                .toList();
        assertBadModel(
            () -> labeller.label(photos, answers::add),
            "the model has 3 outputs, but there are " + names.size() + " labels");
      }
      assertThat(answers).isEmpty();
    }
  }

  @Test
  void aGraphThatFailsWhileItRunsIsABadModel() throws IOException {
    GraphDef fed =
        graph("input", "means", -1, 4, 5, 3).toBuilder()
            .addNode(TinyModel.placeholder("more", DataType.DT_FLOAT, 3))
            .addNode(TinyModel.node("final_result", "Add", "means", "more"))
            .build();
    assertBadModel(() -> label(model(fed), 1), "TensorFlow cannot run the graph: ");
  }
}
