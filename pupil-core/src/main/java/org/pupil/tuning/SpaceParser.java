package org.pupil.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.errors.EditDistance;

/** Reads what {@link SearchSpace#parse} describes, and says where it cannot. */
final class SpaceParser {
  private static final String RANGE = "..";
  private static final String LOGARITHMIC = "log:";

  private final String text;
  private int at;

  SpaceParser(String text) {
    this.text = text;
  }

  Map<Hyperparameter, Domain> parse() {
    Map<Hyperparameter, Domain> domains = new EnumMap<>(Hyperparameter.class);
    while (true) {
      int begin = at;
      Hyperparameter name = name();
      if (domains.containsKey(name)) {
        throw new SpaceSyntaxException(begin, name.typed() + " is there already");
      }
      domains.put(name, domain(name));
      if (at == text.length()) {
        return domains;
      }
      at++; // the comma
    }
  }

  private Hyperparameter name() {
    int begin = at;
    while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != ',') {
      at++;
    }
    String typed = text.substring(begin, at).strip();
    if (typed.isEmpty()) {
      throw new SpaceSyntaxException(
          begin, "the name of a setting is missing, as in learning_rate=log:1e-4..1");
    }
    Optional<Hyperparameter> found = Hyperparameter.named(typed);
    if (found.isEmpty()) {
      throw new SpaceSyntaxException(begin, unknown(typed));
    }
    if (at == text.length() || text.charAt(at) != '=') {
      throw new SpaceSyntaxException(at, "%s needs = and its values".formatted(typed));
    }
    at++;
    return found.get();
  }

  private static String unknown(String typed) {
    String nearest =
        Arrays.stream(Hyperparameter.values())
            .map(Hyperparameter::typed)
            .min(Comparator.comparingInt(name -> EditDistance.between(typed, name)))
            .orElseThrow();
    return EditDistance.between(typed, nearest) <= 3
        ? "%s cannot be searched over: did you mean %s?".formatted(typed, nearest)
        : "%s cannot be searched over; what can: %s"
            .formatted(
                typed,
                String.join(
                    ", ",
                    Arrays.stream(Hyperparameter.values()).map(Hyperparameter::typed).toList()));
  }

  private Domain domain(Hyperparameter name) {
    int begin = at;
    int end = text.indexOf(',', at);
    at = end < 0 ? text.length() : end;
    String values = text.substring(begin, at);
    if (values.startsWith(LOGARITHMIC)) {
      if (!values.contains(RANGE)) {
        throw new SpaceSyntaxException(
            at, "log: needs a range, as in " + name.typed() + "=log:0.001..1");
      }
      return range(name, begin + LOGARITHMIC.length(), true);
    }
    return name.isNumber() && values.contains(RANGE)
        ? range(name, begin, false)
        : choices(name, begin);
  }

  private Domain range(Hyperparameter name, int begin, boolean isLogarithmic) {
    if (!name.isNumber()) {
      throw new SpaceSyntaxException(
          begin, name.typed() + " is no number: give its values as in a|b");
    }
    int dots = text.indexOf(RANGE, begin);
    double low = number(name, begin, dots);
    double high = number(name, dots + RANGE.length(), at);
    if (low >= high) {
      throw new SpaceSyntaxException(
          dots + RANGE.length(), "a range goes upwards; this one ends where it begins or below");
    }
    if (isLogarithmic && low <= 0) {
      throw new SpaceSyntaxException(begin, "a logarithmic range begins above 0");
    }
    return new Domain.Range(low, high, isLogarithmic, name.isInteger());
  }

  private double number(Hyperparameter name, int begin, int end) {
    return Double.parseDouble(value(name, begin, end));
  }

  private Domain choices(Hyperparameter name, int begin) {
    List<String> values = new ArrayList<>();
    int from = begin;
    while (true) {
      int bar = text.indexOf('|', from);
      int to = bar < 0 || bar > at ? at : bar;
      String value = value(name, from, to);
      if (values.contains(value)) {
        throw new SpaceSyntaxException(from, value + " is there already");
      }
      values.add(value);
      if (to == at) {
        return new Domain.Choices(values);
      }
      from = to + 1;
    }
  }

  private String value(Hyperparameter name, int begin, int end) {
    String value = text.substring(begin, end).strip();
    if (value.isEmpty()) {
      throw new SpaceSyntaxException(begin, "a value of %s is missing".formatted(name.typed()));
    }
    Optional<String> complaint = name.complaint(value);
    if (complaint.isPresent()) {
      throw new SpaceSyntaxException(
          begin, "%s %s, was %s".formatted(name.typed(), complaint.get(), value));
    }
    return value;
  }
}
