package org.pupil.board.plugins.hparams;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pupil.board.plugins.hparams.Experiment.HParamInfo;
import org.pupil.board.plugins.hparams.Experiment.MetricInfo;

/**
 * The table as people keep it.
 *
 * @param header what the columns are called
 * @param rows their values: strings, booleans and doubles; an empty string is a hyperparameter that
 *     is not there, null a metric
 */
public record HParamsTable(List<String> header, List<List<@Nullable Object>> rows) {
  public HParamsTable {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  static HParamsTable of(
      Experiment experiment, List<SessionGroup> groups, @Nullable List<Boolean> visible) {
    List<String> header = new ArrayList<>();
    for (HParamInfo hparam : experiment.hparamInfos()) {
      header.add(hparam.displayName().isEmpty() ? hparam.name() : hparam.displayName());
    }
    for (MetricInfo metric : experiment.metricInfos()) {
      header.add(
          metric.displayName().isEmpty() ? metric.nameOrEmpty().tag() : metric.displayName());
    }
    return new HParamsTable(
        onlyVisible(header, visible),
        groups.stream().map(group -> onlyVisible(row(experiment, group), visible)).toList());
  }

  private static List<@Nullable Object> row(Experiment experiment, SessionGroup group) {
    List<@Nullable Object> row = new ArrayList<>();
    for (HParamInfo hparam : experiment.hparamInfos()) {
      Object value = group.hparams().get(hparam.name());
      row.add(HParamValues.isPlain(value) ? value : "");
    }
    for (MetricInfo metric : experiment.metricInfos()) {
      row.add(SessionGroup.value(group.metricValues(), metric.nameOrEmpty()).orElse(null));
    }
    return row;
  }

  /** The shorter of both lists counts. */
  private static <T extends @Nullable Object> List<T> onlyVisible(
      List<T> row, @Nullable List<Boolean> visible) {
    if (visible == null) {
      return Collections.unmodifiableList(row);
    }
    List<T> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(row.size(), visible.size()); i++) {
      if (Boolean.TRUE.equals(visible.get(i))) {
        shown.add(row.get(i));
      }
    }
    return Collections.unmodifiableList(shown);
  }

  /** Comma-separated values, as Python writes them. */
  public String csv() {
    StringBuilder csv = new StringBuilder();
    csv.append(header.stream().map(HParamsTable::csv).collect(Collectors.joining(",")))
        .append("\r\n");
    for (List<@Nullable Object> row : rows) {
      csv.append(row.stream().map(HParamsTable::csvValue).collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return csv.toString();
  }

  private static String csvValue(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Boolean yes) {
      return yes ? "True" : "False";
    }
    return csv(HParamValues.text(value));
  }

  private static String csv(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** A table of LaTeX. */
  public String latex() {
    StringBuilder latex = new StringBuilder("\\begin{table}[tbp]\n\\begin{tabular}{");
    latex.append("l".repeat(header.size())).append("}\n");
    latex
        .append(header.stream().map(HParamsTable::latex).collect(Collectors.joining(" & ")))
        .append(" \\\\ \\hline\n");
    for (List<@Nullable Object> row : rows) {
      latex
          .append(row.stream().map(HParamsTable::latex).collect(Collectors.joining(" & ")))
          .append(" \\\\\n");
    }
    return latex.append("\\hline\n\\end{tabular}\n\\end{table}\n").toString();
  }

  private static String latex(@Nullable Object value) {
    if (value == null) {
      return "-";
    }
    if (value instanceof Boolean yes) {
      return yes ? "$1$" : "$0$";
    }
    return value instanceof Double number
        ? LatexNumber.of(number)
        : value.toString().replace("_", "\\_").replace("%", "\\%");
  }
}
