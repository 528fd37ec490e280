package org.pupil.tuning;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The values that a hyperparameter may have. A place in a domain is a number of [0, 1], so that
 * numbers of any size, and words, are searched alike; the values of a place are texts as a person
 * would type them, and a trial is trained with just what its text says.
 */
sealed interface Domain {
  /**
   * The value at a place.
   *
   * @param place 0 to 1
   */
  String at(double place);

  /** The place of a value that {@link #at} gave. */
  double place(String value);

  /** Whether neighbouring places are alike. */
  boolean isOrdered();

  /**
   * Values evenly spread.
   *
   * @param most how many of a range; of choices it is all of them
   */
  List<String> grid(int most);

  /** As typed: {@code log:0.001..1} or {@code a|b}. */
  String typed();

  /**
   * A few values.
   *
   * @param values one or more, each once
   */
  record Choices(List<String> values) implements Domain {
    public Choices {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("there must be a value to choose");
      }
    }

    @Override
    public String at(double place) {
      return values.get((int) Math.min(values.size() - 1, place * values.size()));
    }

    @Override
    public double place(String value) {
      return (values.indexOf(value) + 0.5) / values.size();
    }

    @Override
    public boolean isOrdered() {
      return false;
    }

    @Override
    public List<String> grid(int most) {
      return values;
    }

    @Override
    public String typed() {
      return String.join("|", values);
    }
  }

  /**
   * All numbers between two. Values have three digits that count, which is more than matters.
   *
   * @param low the least
   * @param high the greatest, above the least
   * @param isLogarithmic whether factors are alike rather than differences; then both are positive
   * @param isInteger whether only whole numbers are meant
   */
  record Range(double low, double high, boolean isLogarithmic, boolean isInteger)
      implements Domain {
    private static final MathContext DIGITS = new MathContext(3);

    public Range {
      if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
        throw new IllegalArgumentException("no range: " + low + " to " + high);
      }
      if (isLogarithmic && low <= 0) {
        throw new IllegalArgumentException("a logarithmic range is above 0, was from " + low);
      }
    }

    @Override
    public String at(double place) {
      // Not by Math, whose results may differ between processors in the last digit.
      double value =
          isLogarithmic
              ? low * StrictMath.exp(place * StrictMath.log(high / low))
              : low + place * (high - low);
      double bounded = Math.max(low, Math.min(high, value));
      if (isInteger) {
        return Long.toString(Math.round(bounded));
      }
      BigDecimal rounded = new BigDecimal(bounded).round(DIGITS);
      return text(
          rounded.doubleValue() < low || rounded.doubleValue() > high
              ? BigDecimal.valueOf(bounded)
              : rounded);
    }

    @Override
    public double place(String value) {
      double number = Double.parseDouble(value);
      double place =
          isLogarithmic
              ? StrictMath.log(number / low) / StrictMath.log(high / low)
              : (number - low) / (high - low);
      return Math.max(0, Math.min(1, place));
    }

    @Override
    public boolean isOrdered() {
      return true;
    }

    @Override
    public List<String> grid(int most) {
      return List.copyOf(
          new LinkedHashSet<>(
              IntStream.range(0, most)
                  .mapToObj(i -> at(most == 1 ? 0.5 : (double) i / (most - 1)))
                  .toList()));
    }

    @Override
    public String typed() {
      return (isLogarithmic ? "log:" : "") + number(low) + ".." + number(high);
    }

    private String number(double value) {
      return isInteger ? Long.toString(Math.round(value)) : text(BigDecimal.valueOf(value));
    }

    /** As a person writes it: 0.003, but 3e-5. */
    private static String text(BigDecimal value) {
      BigDecimal plain = value.stripTrailingZeros();
      double size = Math.abs(plain.doubleValue());
      return size == 0 || (size >= 1e-4 && size < 1e6)
          ? plain.toPlainString()
          : String.format(java.util.Locale.ROOT, "%se%d", mantissa(plain), exponent(plain));
    }

    private static int exponent(BigDecimal value) {
      return value.precision() - value.scale() - 1;
    }

    private static String mantissa(BigDecimal value) {
      return value.movePointLeft(exponent(value)).stripTrailingZeros().toPlainString();
    }
  }
}
