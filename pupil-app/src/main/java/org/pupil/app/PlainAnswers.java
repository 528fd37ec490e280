package org.pupil.app;

import java.io.PrintStream;
import org.pupil.errors.OneLine;
import org.pupil.labelling.Float32Text;
import org.pupil.labelling.LabelledPhoto;

/**
 * A line for each label, {@code dog 0.9991627}. With more than one photo each gets a block: its
 * path, its lines, an empty line. What would break a line is escaped, see {@link OneLine}.
 */
final class PlainAnswers implements AnswerPrinter {
  private final PrintStream out;
  private final int topK;
  private final boolean blocks;

  PlainAnswers(PrintStream out, int topK, boolean blocks) {
    this.out = out;
    this.topK = topK;
    this.blocks = blocks;
  }

  @Override
  public void print(LabelledPhoto photo) {
    if (photo.error().isPresent()) {
      return;
    }
    if (blocks) {
      out.println(OneLine.of(photo.source().name()));
    }
    photo.labels().stream()
        .limit(topK)
        .forEach(
            label ->
                out.println(OneLine.of(label.label()) + " " + Float32Text.of(label.probability())));
    if (blocks) {
      out.println();
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
