package org.pupil.labelling;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.pupil.model.Model;

/** A graph that the original retrain.py made is labelled with as by the original label_image.py. */
class PythonGraphTest {
  /** What label_image.py printed for each photo: {@code cat (score=0.99758)}, a line a label. */
  private static Map<String, List<String>> printed(Path file) throws Exception {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("== --image ")) {
        current = new ArrayList<>();
        lines.put(line.split(" ", 4)[2], current);
      } else if (line.contains("(score=")) {
        current.add(line);
      }
    }
    return lines;
  }

  @Test
  void theScoresAreThoseOfTheOriginalToFiveDigits() throws Exception {
    Path run = SharedFolder.get("data/retrain-run");
    Path photos = SharedFolder.get("data/cats-dogs");
    Map<String, List<String>> expected = printed(run.resolve("label_image.txt"));
    assertThat(expected).hasSize(4);
    // The flags that its README gives; the rest are the originals' defaults.
    Overrides overrides =
        new Overrides(
            Optional.of(new Labels(Files.readAllLines(run.resolve("retrained_labels.txt")))),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.of(127f),
            Optional.of(127f),
            Optional.empty());
    LabellingGraph model =
        LabellingGraph.of(Model.read(run.resolve("retrained_graph.pb")), overrides);
    assertThat(model.inputLayer()).isEqualTo("input");

    Map<String, List<String>> said = new LinkedHashMap<>();
    try (Labeller labeller = Labeller.open(model, 2, 4)) {
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
