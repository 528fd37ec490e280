package org.pupil.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pupil.errors.OneLine;
import org.pupil.explain.ChangedAnswer;
import org.pupil.explain.Explanation;
import org.pupil.explain.LayerPictures;
import org.pupil.explain.SimilarPhoto;
import org.pupil.labelling.LabelProbability;

/**
 * A sentence, a table of similar photos, a table of answers for the changed photo, the heat map or
 * its path, and the network's layers if somebody asked for them. With more than one photo each
 * begins with its path, and an empty line follows it.
 */
final class PlainExplanations implements ExplanationPrinter {
  private static final int LABELS = 2;
  private static final int WIDEST_LABEL = 20;

  private final Terminal terminal;
  private final PrintStream out;
  private final boolean several;
  private final Optional<PictureProtocol> protocol;

  /**
   * @param several whether there is more than one photo
   * @param protocol how the terminal shows pictures, if it does
   */
  PlainExplanations(Terminal terminal, boolean several, Optional<PictureProtocol> protocol) {
    this.terminal = terminal;
    this.out = terminal.data();
    this.several = several;
    this.protocol = protocol;
  }

  @Override
  public void print(Explanation explanation, WrittenPictures pictures) {
    if (several) {
      say(explanation.image());
    }
    say(explanation.sentence());
    LabelColumn column = new LabelColumn(named(explanation), WIDEST_LABEL);
    printSimilar(explanation.similar(), column);
    printChanges(explanation, column);
    pictures.heatMap().ifPresent(this::printHeatMap);
    pictures.layers().ifPresent(this::printLayers);
    if (several) {
      say("");
    }
  }

  /** Lines for people are broken where there is a terminal. */
  private void say(String line) {
    terminal.out().println(OneLine.of(line));
    terminal.out().flush();
  }

  /** The labels that may be shown: those of the model, and those of the similar photos. */
  private static List<String> named(Explanation explanation) {
    return Stream.concat(
            explanation.labels().stream().map(LabelProbability::label),
            explanation.similar().stream().map(SimilarPhoto::label))
        .distinct()
        .toList();
  }

  private void printSimilar(List<SimilarPhoto> similar, LabelColumn column) {
    if (similar.isEmpty()) {
      return;
    }
    say("");
    say("The most similar training photos (1.000 = identical):");
    int width =
        similar.stream()
            .mapToInt(photo -> LineWrap.width(column.shown(photo.label())))
            .max()
            .orElse(0);
    for (SimilarPhoto photo : similar) {
      say(
          String.format(Locale.ROOT, "  %.3f  ", photo.similarity())
              + padded(column.shown(photo.label()), width)
              + "  "
              + photo.photo().source().name()
              + (photo.isRight() ? "" : "  (taken for " + column.shown(photo.answered()) + ")"));
    }
  }

  private void printChanges(Explanation explanation, LabelColumn column) {
    say("");
    say("If the photo were:");
    int width =
        explanation.changes().stream()
            .mapToInt(change -> change.change().description().length())
            .max()
            .orElse(0);
    for (ChangedAnswer answer : explanation.changes()) {
      boolean same = answer.best().label().equals(explanation.best().label());
      say(
          "  "
              + padded(answer.change().description(), width)
              + "  "
              + labels(answer.labels(), column)
              + (same ? "" : "  (another answer)"));
    }
    say(
        "%d of %d changes leave the answer as it is."
            .formatted(explanation.unchanged(), explanation.changes().size()));
  }

  private static String labels(List<LabelProbability> labels, LabelColumn column) {
    return labels.stream()
        .limit(LABELS)
        .map(label -> column.shown(label.label()) + " " + Explanation.rounded(label.probability()))
        .collect(Collectors.joining(", "));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - LineWrap.width(text)));
  }

  private void printHeatMap(HeatMapFiles.Written heatMap) {
    say("");
    protocol.ifPresent(
        way -> {
          way.write(heatMap.png(), out);
          out.println();
          out.flush();
        });
    say("Heat map: " + heatMap.file() + " (orange speaks for a label, blue against it)");
  }

  private void printLayers(WrittenPictures.Layers written) {
    LayerPictures pictures = written.pictures();
    List<LayerPictures.Layer> layers = pictures.layers();
    int finds = layers.stream().mapToInt(layer -> layer.finds().length()).max().orElse(0);
    int size = layers.stream().mapToInt(layer -> layer.size().length()).max().orElse(0);
    int digits = Integer.toString(pictures.convolutions()).length();
    say("");
    say(
        "The maps of some layers, and how alike they are if the photo were %s (1.000 = identical):"
            .formatted(pictures.change().description()));
    for (LayerPictures.Layer layer : layers) {
      say(
          "  layer %s of %d  %s  %s  %s"
              .formatted(
                  " ".repeat(digits - Integer.toString(layer.number()).length()) + layer.number(),
                  pictures.convolutions(),
                  padded(layer.finds(), finds),
                  " ".repeat(size - layer.size().length()) + layer.size(),
                  String.format(Locale.ROOT, "%.3f", layer.similarity())));
    }
    LayerPictures.Layer last = layers.get(layers.size() - 1);
    say(
        String.format(
            Locale.ROOT,
            "The %d means of the last maps: %.3f",
            last.channels(),
            pictures.similarityOfMeans()));
    say("");
    written.filters().ifPresent(file -> say("Filters of the first layer: " + file));
    say("Maps of the photo: " + written.maps());
    say("Maps of the photo, %s: %s".formatted(pictures.change().description(), written.changed()));
  }

  @Override
  public void printFailure(String image, String reason) {
    // Standard error has it.
  }

  @Override
  public void close() {
    terminal.out().flush();
    out.flush();
  }
}
