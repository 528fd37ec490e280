package org.pupil.labelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.pupil.SharedFolder;
import org.pupil.dataset.Labels;
import org.pupil.dataset.PhotoSource;
import org.pupil.engine.Engines;
import org.pupil.images.PerChannel;
import org.pupil.model.Model;

/**
 * A graph that the original retrain.py made is labelled with as by the original label_image.py, had
 * that decoded JPEGs with the accurate DCT: what real TensorFlow then says is kept in a file.
 */
class PythonGraphTest {
  /** Made by python_graph_scores.py, which stands beside the tests. */
  private static final String SCORES = "python_graph_scores.txt";

  /** What was said of each photo: {@code cat (score=0.99634)}, a line a label. */
  private static Map<String, List<String>> printed(String resource) throws Exception {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : lines(resource)) {
      if (line.startsWith("== --image ")) {
        current = new ArrayList<>();
        lines.put(line.split(" ", 3)[2], current);
      } else if (line.contains("(score=")) {
        current.add(line);
      }
    }
    return lines;
  }

  private static List<String> lines(String resource) throws Exception {
    try (InputStream in = PythonGraphTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void theScoresAreThoseOfTensorFlowToFiveDigits() throws Exception {
    Path run = SharedFolder.get("data/retrain-run");
    Path photos = SharedFolder.get("data/cats-dogs");
    Map<String, List<String>> expected = printed(SCORES);
    assertThat(expected).hasSize(4);
    // The flags that its README gives; the rest are the originals' defaults.
    Overrides overrides =
        new Overrides(
            Optional.of(new Labels(Files.readAllLines(run.resolve("retrained_labels.txt")))),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.of(PerChannel.of(127)),
            Optional.of(PerChannel.of(127)),
            Optional.empty());
    LabellingGraph model =
        LabellingGraph.of(Model.read(run.resolve("retrained_graph.pb")), overrides);
    assertThat(model.inputLayer()).isEqualTo("input");

    Map<String, List<String>> said = new LinkedHashMap<>();
    try (Labeller labeller = Labeller.open(model, Engines.auto(), 2, 4)) {
      labeller.label(
          expected.keySet().stream().map(name -> PhotoSource.file(photos.resolve(name))).toList(),
          photo ->
              said.put(
                  photos.relativize(Path.of(photo.source().name())).toString(),
                  photo.labels().stream()
                      .map(
                          label ->
                              String.format(
                                  Locale.ROOT,
                                  "%s (score=%.5f)",
                                  label.label(),
                                  label.probability()))
                      .collect(Collectors.toList())));
    }
    assertThat(said).containsExactlyEntriesOf(expected);
  }
}
