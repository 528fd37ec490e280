package org.pupil.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.log.proto.Event;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.HistogramProto;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.TensorProto;

/** Event files that the original Python script left, under TensorFlow's own writer. */
class RetrainRunTest {
  private Path folder;

  @BeforeEach
  void findTheRun() {
    Path above = Path.of("").toAbsolutePath();
    while (above != null && !Files.isDirectory(above.resolve("shared/data"))) {
      above = above.getParent();
    }
    assumeTrue(above != null, "the original's run is not here: no shared/data above this folder");
    folder = above.resolve("shared/data/retrain-run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "validation"})
  void tagsAndPointsAreThoseThatTensorBoardReads(String run) throws IOException {
    JsonNode expected =
        new ObjectMapper().readTree(folder.resolve("scalars.json").toFile()).get(run);
    Map<String, List<double[]>> scalars = new LinkedHashMap<>();
    Set<String> histograms = new LinkedHashSet<>();
    boolean graph = false;
    for (Event event : events(run)) {
      graph |= !event.getGraphDef().isEmpty();
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.hasHisto()) {
          histograms.add(value.getTag());
        } else {
          scalars
              .computeIfAbsent(value.getTag(), tag -> new ArrayList<>())
              .add(new double[] {event.getStep(), value.getSimpleValue()});
        }
      }
    }
    assertThat(scalars.keySet()).containsExactlyElementsOf(texts(expected, "scalars"));
    assertThat(histograms).containsExactlyElementsOf(texts(expected, "histograms"));
    assertThat(graph).isEqualTo(expected.at("/tags/graph").asBoolean());
    scalars.forEach(
        (tag, points) -> {
          assertThat(points).hasSize(expected.get("points").get(tag).asInt());
          JsonNode last = expected.get("scalars").get(tag);
          assertThat(last).isNotEmpty();
          for (int i = 0; i < last.size(); i++) {
            double[] point = points.get(points.size() - last.size() + i);
            assertThat(point)
                .as(tag)
                .containsExactly(last.get(i).get(0).asDouble(), last.get(i).get(1).asDouble());
          }
        });
  }

  @Test
  void itsHistogramsHaveTheSameBuckets() throws IOException {
    List<Double> limits =
        Stream.iterate(0, bucket -> bucket + 1)
            .limit(HistogramBuckets.count())
            .map(HistogramBuckets::limit)
            .toList();
    int checked = 0;
    for (Event event : events("validation")) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.hasHisto()) {
          HistogramProto histogram = value.getHisto();
          assertThat(limits).containsAll(histogram.getBucketLimitList());
          assertThat(
                  bucketLimitOf(histogram, HistogramBuckets.bucketOf((float) histogram.getMin())))
              .isPositive();
          assertThat(
                  bucketLimitOf(histogram, HistogramBuckets.bucketOf((float) histogram.getMax())))
              .isPositive();
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(44);
  }

  private static double bucketLimitOf(HistogramProto histogram, int bucket) {
    int index = histogram.getBucketLimitList().indexOf(HistogramBuckets.limit(bucket));
    return index < 0 ? 0 : histogram.getBucket(index);
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights/final_weights", "biases/final_biases"})
  void theLastWeightsOfItsGraphGiveItsLastHistogram(String name) throws IOException {
    GraphDef graph = GraphDef.parseFrom(Files.readAllBytes(folder.resolve("retrained_graph.pb")));
    float[] values = floats(graph, "final_training_ops/" + name);
    String tag = "final_training_ops/" + name.replaceFirst("/.*", "/summaries/histogram");

    // The script's last validation follows its last update, and its graph has those weights.
    List<Event> events = events("validation");
    HistogramProto last =
        events.get(events.size() - 1).getSummary().getValueList().stream()
            .filter(value -> value.getTag().equals(tag))
            .findFirst()
            .orElseThrow()
            .getHisto();
    Histogram histogram = new Histogram();
    histogram.fill(values, 0, values.length);
    assertThat(Records.proto(histogram)).isEqualTo(last);
  }

  private static float[] floats(GraphDef graph, String node) {
    NodeDef found =
        graph.getNodeList().stream()
            .filter(candidate -> candidate.getName().equals(node))
            .findFirst()
            .orElseThrow();
    TensorProto tensor = found.getAttrOrThrow("value").getTensor();
    float[] values = new float[tensor.getTensorContent().size() / Float.BYTES];
    tensor
        .getTensorContent()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  private List<Event> events(String run) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("logs").resolve(run))) {
      return Records.eventsOf(files.findFirst().orElseThrow());
    }
  }

  private static List<String> texts(JsonNode run, String kind) {
    List<String> texts = new ArrayList<>();
    run.get("tags").get(kind).forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
