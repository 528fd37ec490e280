package org.pupil.board.plugins.text;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pupil.board.answers.SafeHtml;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.Summary;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;

/** Texts as HTML that may be put into a page. */
public final class Texts {
  /** A small message may claim that one text fills a table; larger ones than this may not. */
  private static final int MOST_REPEATED = 1 << 14;

  private static final String WARNING =
      "**Warning:** This text summary contained data of dimensionality %d, but only 2d tables are"
          + " supported. Showing a 2d slice of the data instead.";

  private Texts() {}

  /**
   * Renders a tensor of strings. One without dimensions is a document, one with one or two is a
   * table (a column, or rows of columns); of one with more the first two-dimensional slice is
   * shown, with a warning.
   *
   * @param markdown whether the strings are Markdown; otherwise they are HTML, made safe
   * @return empty if the value is no such tensor
   */
  public static Optional<String> html(Summary.Value value, boolean markdown) {
    TensorProto tensor = value.getTensor();
    TensorShapeProto shape = tensor.getTensorShape();
    if (tensor.getDtype() != DataType.DT_STRING || shape.getUnknownRank()) {
      return Optional.empty();
    }
    int rank = shape.getDimCount();
    if (rank == 0) {
      return tensor.getStringValCount() == 0
          ? Optional.empty()
          : Optional.of(document(tensor.getStringVal(0).toStringUtf8(), markdown));
    }
    boolean hasElements = true;
    for (TensorShapeProto.Dim dim : shape.getDimList()) {
      hasElements &= dim.getSize() > 0;
    }
    long columns = rank == 1 ? 1 : shape.getDim(rank - 1).getSize();
    long rows = shape.getDim(rank == 1 ? 0 : rank - 2).getSize();
    long most = Math.max(tensor.getStringValCount(), MOST_REPEATED);
    if (rows < 0 || columns < 0 || rows > most || columns > most || rows * columns > most) {
      return Optional.empty();
    }
    if (hasElements && tensor.getStringValCount() == 0) {
      return Optional.empty();
    }
    // The first slice of more dimensions stands at the beginning.
    String warning = rank > 2 ? SafeHtml.ofMarkdown(WARNING.formatted(rank)) : "";
    return Optional.of(
        warning + table(tensor.getStringValList(), (int) rows, (int) columns, markdown));
  }

  private static String document(String text, boolean markdown) {
    return markdown ? SafeHtml.ofMarkdown(text) : SafeHtml.of(text);
  }

  private static String table(List<ByteString> cells, int rows, int columns, boolean markdown) {
    // The last of them stands for all that follow.
    List<String> texts =
        IntStream.range(0, rows * columns)
            .mapToObj(i -> cells.get(Math.min(i, cells.size() - 1)).toStringUtf8())
            .toList();
    return markdown
        ? SafeHtml.ofMarkdowns(texts, htmls -> table(rows, columns, htmls::get))
        : SafeHtml.of(table(rows, columns, texts::get));
  }

  private static String table(int rows, int columns, IntFunction<String> cell) {
    return IntStream.range(0, rows)
        .mapToObj(
            row ->
                IntStream.range(0, columns)
                    .mapToObj(column -> "<td>" + cell.apply(row * columns + column) + "</td>\n")
                    .collect(Collectors.joining("", "<tr>\n", "</tr>\n")))
        .collect(Collectors.joining("", "<table>\n<tbody>\n", "</tbody>\n</table>"));
  }
}
