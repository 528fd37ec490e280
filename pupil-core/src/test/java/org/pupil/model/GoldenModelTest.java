package org.pupil.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.backbone.Run;
import org.pupil.engine.Engines;
import org.pupil.images.InputSpec;
import org.pupil.images.PerChannel;
import org.pupil.labelling.Labeller;
import org.pupil.labelling.Overrides;
import org.pupil.log.proto.GraphDef;

/** Models that are out there must stay readable: their files do not change with the program. */
class GoldenModelTest {
  /**
   * {@code python3 -c "import numpy as np; x = (np.array([.5, .25, .75]) * 255 - 120) / 64 z = x @
   * np.array([[1, -2, .5], [.25, 3, -1], [-1.5, .75, 2]]) + [.125, -.5, .25] print(np.exp(z) /
   * np.exp(z).sum())"}
   */
  private static final float[] GOLDEN = {0.00627975f, 0.00258224f, 0.991138f};

  /** A model of format 1, written by Pupil 0.1.0 ({@link GoldenModel}). */
  private static Path version1() throws URISyntaxException {
    return Path.of(GoldenModelTest.class.getResource("model-v1/graph.pb").toURI());
  }

  @Test
  void aModelOfFormat1SaysWhatItAlwaysSaid() throws Exception {
    ModelDescription read = Model.read(version1()).description().orElseThrow();

    // Written out, not taken from the code that made it, which may change.
    assertThat(read.labels()).containsExactly("ant", "bee", "wasp 2");
    assertThat(read.inputLayer()).isEqualTo("Placeholder");
    assertThat(read.outputLayer()).isEqualTo("final_result");
    assertThat(read.input()).isEqualTo(new InputSpec(4, 5, 0, 255));
    assertThat(read.provenance())
        .isEqualTo(
            new Provenance(
                "0.1.0",
                "2026-11-24T12:30:15Z",
                new Provenance.BackboneUsed(
                    "tiny.pb", "0f".repeat(32), "pooled", 3, PerChannel.of(120), PerChannel.of(64)),
                new Provenance.SplitUsed("stratified", 7, 11, 12, 40, 6, 8),
                new Provenance.Training("auto", 9, 5, null),
                new Provenance.TestScore(0.875, 0.529, 0.978, 0.25, 8),
                new Provenance.Data("e1".repeat(32), List.of(20, 21, 13)),
                Map.of("image_dir", "insects", "architecture", "tiny.pb", "seed", "5")));
  }

  /** An image that is red 0.5, green 0.25, blue 0.75 all over; the numbers are from Python. */
  @Test
  void aModelOfFormat1AnswersWhatItAlwaysAnswered() throws Exception {
    float[] image = new float[4 * 5 * 3];
    for (int i = 0; i < image.length; i += 3) {
      image[i] = 0.5f;
      image[i + 1] = 0.25f;
      image[i + 2] = 0.75f;
    }
    float[] answer =
        Run.graph(
            TinyModel.graphOf(Model.read(version1())),
            "Placeholder",
            new Run.Images(1, 4, 5, image),
            "final_result");

    assertThat(answer).containsExactly(GOLDEN, within(1e-6f));
  }

  @Test
  void aModelOfFormat1LabelsPhotos() throws Exception {
    try (Labeller labeller =
        Labeller.open(Model.read(version1()), Overrides.NONE, Engines.auto(), 1, 1)) {
      assertThat(labeller.labels().names()).containsExactly("ant", "bee", "wasp 2");
    }
  }

  /** A field may be added to format 1; what it had stays, or the format needs another number. */
  @Test
  void todaysProgramStillWritesAllOfFormat1(@TempDir Path folder) throws Exception {
    JsonNode then = json(TinyModel.graphOf(Model.read(version1())));
    JsonNode today = json(TinyModel.graphOf(Model.read(TinyModel.written(folder))));
    assertHasAll(then, today);
  }

  private static JsonNode json(GraphDef graph) throws Exception {
    return new JsonMapper()
        .readTree(
            graph.getNode(0).getAttrOrThrow("value").getTensor().getStringVal(0).toStringUtf8());
  }

  private static void assertHasAll(JsonNode then, JsonNode today) {
    if (then.isObject()) {
      then.properties()
          .forEach(field -> assertHasAll(field.getValue(), today.path(field.getKey())));
    } else {
      assertThat(today).isEqualTo(then);
    }
  }
}
