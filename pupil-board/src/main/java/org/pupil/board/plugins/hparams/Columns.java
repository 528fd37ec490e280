package org.pupil.board.plugins.hparams;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pupil.board.plugins.hparams.SessionGroupsRequest.ColParams;
import org.pupil.board.plugins.hparams.SessionGroupsRequest.SortOrder;

/** Filters, orders and reduces groups as the columns of a request say. */
final class Columns {
  private static final int LONGEST_REGEXP = 1000;

  private final List<Column> columns = new ArrayList<>();

  private record Column(ColParams params, @Nullable Pattern regexp) {
    Optional<Object> value(SessionGroup group) {
      if (params.metric() != null) {
        return SessionGroup.value(group.metricValues(), params.metric()).map(value -> value);
      }
      return Optional.ofNullable(group.hparams().get(params.hparam()))
          .filter(HParamValues::isPlain);
    }
  }

  /**
   * Looks through a request's columns.
   *
   * @throws HParamsException if a column makes no sense
   */
  Columns(List<@Nullable ColParams> request) throws HParamsException {
    for (ColParams params : request) {
      if (params == null) {
        throw new HParamsException("none of colParams may be null");
      }
      boolean isMetric = params.metric() != null;
      if (isMetric == (params.hparam() != null)) {
        throw new HParamsException(
            "each of colParams must have either a metric or a hparam, was " + params);
      }
      long filters =
          Stream.of(params.filterRegexp(), params.filterInterval(), params.filterDiscrete())
              .filter(Objects::nonNull)
              .count();
      if (filters > 1) {
        throw new HParamsException("each of colParams must have one filter at most");
      }
      String regexp = params.filterRegexp();
      columns.add(new Column(params, regexp == null ? null : compiled(regexp)));
    }
  }

  /** In the syntax of RE2, whose matching takes time in proportion to the text. */
  private static Pattern compiled(String regexp) throws HParamsException {
    if (regexp.length() > LONGEST_REGEXP) {
      throw new HParamsException(
          "filterRegexp must have at most %d characters, was %d"
              .formatted(LONGEST_REGEXP, regexp.length()));
    }
    try {
      return Pattern.compile(regexp);
    } catch (PatternSyntaxException e) {
      throw new HParamsException(
          "filterRegexp is no regular expression of RE2: " + e.getDescription());
    }
  }

  /**
   * Whether all filters let a group pass.
   *
   * @throws HParamsException if a filter is for another kind of value
   */
  boolean pass(SessionGroup group, TimeLimit limit) throws HParamsException {
    for (Column column : columns) {
      Optional<Object> value = column.value(group);
      boolean passes =
          value.isPresent()
              ? passes(column, value.get(), limit)
              : !column.params.excludeMissingValues();
      if (!passes) {
        return false;
      }
    }
    return true;
  }

  private static boolean passes(Column column, Object value, TimeLimit limit)
      throws HParamsException {
    Interval interval = column.params.filterInterval();
    List<@Nullable Object> discrete = column.params.filterDiscrete();
    if (column.regexp != null) {
      if (!(value instanceof String text)) {
        throw new HParamsException("a regexp filter is for strings only, a value was " + value);
      }
      return limit.find(column.regexp, text);
    }
    if (interval != null) {
      if (value instanceof String) {
        throw new HParamsException("an interval filter is for numbers only, a value was " + value);
      }
      return interval.contains(HParamValues.number(value));
    }
    return discrete == null || discrete.stream().anyMatch(one -> HParamValues.equal(one, value));
  }

  /** The order of rows: by the first column, where that is equal by the second, at last by name. */
  Comparator<SessionGroup> order() {
    Comparator<SessionGroup> order = Comparator.comparing(SessionGroup::name);
    for (int i = columns.size() - 1; i >= 0; i--) {
      SortOrder direction = columns.get(i).params.order();
      if (direction != null && direction != SortOrder.ORDER_UNSPECIFIED) {
        order = order(columns.get(i), direction == SortOrder.ORDER_DESC).thenComparing(order);
      }
    }
    return order;
  }

  private static Comparator<SessionGroup> order(Column column, boolean isDescending) {
    Comparator<Object> byValue = isDescending ? HParamValues.ORDER.reversed() : HParamValues.ORDER;
    Comparator<@Nullable Object> withMissing =
        column.params.missingValuesFirst()
            ? Comparator.nullsFirst(byValue)
            : Comparator.nullsLast(byValue);
    return (a, b) ->
        withMissing.compare(column.value(a).orElse(null), column.value(b).orElse(null));
  }

  /** The group with the hyperparameters that are wanted. */
  SessionGroup reduced(SessionGroup group) {
    if (columns.stream().allMatch(column -> column.params.includeInResult() == null)) {
      return group;
    }
    Set<String> wanted = new HashSet<>();
    for (Column column : columns) {
      if (column.params.hparam() != null
          && !Boolean.FALSE.equals(column.params.includeInResult())) {
        wanted.add(column.params.hparam());
      }
    }
    Map<String, @Nullable Object> hparams = new LinkedHashMap<>(group.hparams());
    hparams.keySet().retainAll(wanted);
    return group.withHParams(hparams);
  }
}
