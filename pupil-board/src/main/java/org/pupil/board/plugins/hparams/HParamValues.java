package org.pupil.board.plugins.hparams;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.pupil.board.answers.PythonRepr;

/** Values of hyperparameters and metrics: strings, booleans and doubles. */
final class HParamValues {
  /**
   * By value. Booleans are 0 and 1, as in Python; NaN comes after all numbers, and strings after
   * those.
   */
  static final Comparator<Object> ORDER =
      Comparator.<Object, Boolean>comparing(String.class::isInstance)
          .thenComparing(
              (a, b) ->
                  a instanceof String one && b instanceof String other
                      ? one.compareTo(other)
                      : Double.compare(number(a), number(b)));

  private HParamValues() {}

  /** Whether it can be shown: no list, no map, and no number that is none. */
  static boolean isPlain(@Nullable Object value) {
    return value instanceof String
        || value instanceof Boolean
        || (value instanceof Double number && Double.isFinite(number));
  }

  static double number(Object value) {
    if (value instanceof Boolean yes) {
      return yes ? 1 : 0;
    }
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** As in Python, true equals 1. */
  static boolean equal(@Nullable Object one, Object other) {
    if (one == null || one instanceof String || other instanceof String) {
      return other.equals(one);
    }
    boolean areNumbers =
        (one instanceof Number || one instanceof Boolean)
            && (other instanceof Number || other instanceof Boolean);
    return areNumbers && number(one) == number(other);
  }

  static String text(Object value) {
    return value instanceof Double number ? PythonRepr.of(number) : value.toString();
  }
}
