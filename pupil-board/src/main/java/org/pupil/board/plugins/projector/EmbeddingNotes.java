package org.pupil.board.plugins.projector;

import java.util.List;
import java.util.stream.Collectors;
import org.pupil.board.plugins.projector.ProjectorConfig.Embedding;

/** Says in a sentence where files are not what the configuration or another file says of them. */
final class EmbeddingNotes {
  private EmbeddingNotes() {}

  /** The numbers are shown as the file has them. */
  static String otherShape(Embedding embedding, List<Long> shape) {
    return "tensor_shape says %s, but \"%s\" has %s: it is shown as the file has it."
        .formatted(inWords(embedding.tensorShape()), embedding.tensorPath(), inWords(shape));
  }

  private static String inWords(List<Long> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(" x "));
  }

  /** The points are shown without names. */
  static String otherCount(Embedding embedding, long lines, long points) {
    String why =
        lines == points + 1
            ? " A first line of names counts as such only if it has a tab."
            : lines > points ? " A name must not have a line break." : "";
    return "\"%s\" has %d %s for %d %s, so they are shown without names.%s"
        .formatted(
            embedding.metadataPath(),
            lines,
            lines == 1 ? "line" : "lines",
            points,
            points == 1 ? "point" : "points",
            why);
  }
}
