package org.pupil;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;
import org.pupil.files.InputFile;
import org.pupil.files.WholeFolder;
import org.pupil.model.Model;
import org.pupil.network.NetworkFormat;

/** The files of a saved classifier: its graph, its labels and its scores, in a folder. */
final class SavedFiles {
  private static final String GRAPH = "graph";
  private static final String LABELS = "labels.txt";
  private static final String EVALUATION = "evaluation.json";
  private static final Set<String> ALL =
      Set.of(graph(NetworkFormat.TENSORFLOW), graph(NetworkFormat.ONNX), LABELS, EVALUATION);

  /** The scores of a thousand labels are a megabyte or two: the confusion matrix is in them. */
  private static final long LARGEST_EVALUATION = 64 << 20;

  private SavedFiles() {}

  private static String graph(NetworkFormat format) {
    return GRAPH + format.extension();
  }

  /** The graph in a folder, as {@link NetworkFormat#newestIn} finds it. */
  static Path graphIn(Path folder) {
    return NetworkFormat.newestIn(folder, GRAPH);
  }

  /** The scores that lie beside a graph, as they were written; empty if there are none. */
  static Optional<String> evaluationBeside(Path graph) {
    Path file = graph.resolveSibling(EVALUATION);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new String(InputFile.read(file, LARGEST_EVALUATION), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw PupilException.badModel("cannot read " + file + ": " + FileTrouble.reason(e), e);
    }
  }

  /**
   * Writes the folder whole or not at all.
   *
   * @throws PupilException (unavailable) if it cannot be written or holds anything else than a
   *     saved classifier; it is then as it was
   */
  static void write(Path folder, Model model, List<String> labels, Optional<String> scores) {
    checkReplaceable(folder);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(graph(model.content().format()), model.content().toByteArray());
    files.put(LABELS, (String.join("\n", labels) + "\n").getBytes(StandardCharsets.UTF_8));
    scores.ifPresent(text -> files.put(EVALUATION, text.getBytes(StandardCharsets.UTF_8)));
    WholeFolder.write(folder, files);
  }

  private static void checkReplaceable(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> content = Files.list(folder)) {
      content
          .filter(file -> !ALL.contains(file.getFileName().toString()))
          .sorted()
          .findFirst()
          .ifPresent(
              other -> {
                throw PupilException.unavailable(
                    "%s holds %s, which is no part of a classifier: save it in a folder of its own"
                        .formatted(folder, other.getFileName()));
              });
    } catch (IOException e) {
      throw PupilException.unavailable("cannot read " + folder + ": " + FileTrouble.reason(e), e);
    }
  }
}
