package org.pupil.app;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pupil.errors.EditDistance;
import org.pupil.errors.OneLine;
import org.pupil.errors.PupilException;

/** Finds the flag that a person means by what was typed. */
final class FlagNames {
  private static final int LONGEST_SHOWN = 60;

  /** A flag, and whether it was typed with a {@code no} before it. */
  record Meant(Flag flag, boolean negated) {}

  private final SortedMap<String, Meant> names = new TreeMap<>();
  private final SortedMap<String, Meant> negations = new TreeMap<>();

  FlagNames(Collection<Flag> flags) {
    for (Flag flag : flags) {
      if (names.put(flag.name(), new Meant(flag, false)) != null) {
        throw new IllegalArgumentException("flags must be distinct, two were " + flag.name());
      }
      if (flag.takes() == Flag.Takes.BOOLEAN) {
        negations.put("no" + flag.name(), new Meant(flag, true));
        negations.put("no_" + flag.name(), new Meant(flag, true));
      }
    }
  }

  /**
   * The flag of this name, or the only one that begins so.
   *
   * @param typed what was typed before any {@code =}, with its two dashes
   * @throws PupilException (usage) if there is none, with the nearest one, or if several begin so
   */
  Meant find(String typed) {
    String name = typed.substring(2).replace('-', '_');
    Meant exact = names.getOrDefault(name, negations.get(name));
    if (exact != null) {
      return exact;
    }
    List<Meant> candidates = beginningWith(name, names);
    if (candidates.isEmpty()) {
      candidates = beginningWith(name, negations);
    }
    if (candidates.isEmpty()) {
      throw unknown(typed);
    }
    if (candidates.size() > 1) {
      throw PupilException.usage(
          "ambiguous flag %s: could be %s"
              .formatted(
                  shown(typed),
                  candidates.stream()
                      .map(c -> c.negated() ? "--no" + c.flag().name() : c.flag().canonical())
                      .collect(Collectors.joining(", "))));
    }
    return candidates.get(0);
  }

  private static List<Meant> beginningWith(String name, SortedMap<String, Meant> all) {
    List<Meant> found = new ArrayList<>();
    if (name.isEmpty()) {
      return found;
    }
    for (Map.Entry<String, Meant> entry : all.tailMap(name).entrySet()) {
      if (!entry.getKey().startsWith(name)) {
        break;
      }
      // The two negations of one flag are one candidate.
      if (!found.contains(entry.getValue())) {
        found.add(entry.getValue());
      }
    }
    return found;
  }

  /** The error for something that looks like a flag and is none. */
  PupilException unknown(String typed) {
    return PupilException.usage(
        "unknown flag %s: %s"
            .formatted(
                shown(typed),
                nearest(typed)
                    .map(flag -> "did you mean " + flag.canonical() + "?")
                    .orElse("--help lists the flags")));
  }

  /**
   * The flag whose name is nearest to what was typed, if one is near: at most 2 of 5 letters are
   * wrong, not counting what is missing at both ends.
   */
  private Optional<Flag> nearest(String typed) {
    String name = typed.replaceFirst("^-+", "").replace('-', '_');
    if (name.isEmpty() || name.length() > LONGEST_SHOWN) {
      return Optional.empty();
    }
    record Near(Flag flag, int part, int whole) {
      int distance() {
        // A part of a name tells less than the name.
        return Math.min(whole, part + 1);
      }
    }
    int atMost = Math.max(1, name.length() * 2 / 5);
    return names.values().stream()
        .map(Meant::flag)
        .map(
            flag ->
                new Near(
                    flag,
                    EditDistance.toPartOf(flag.name(), name),
                    EditDistance.between(flag.name(), name)))
        .filter(near -> near.distance() <= atMost)
        .min(Comparator.comparingInt(Near::distance).thenComparingInt(Near::whole))
        .map(Near::flag);
  }

  /** What was typed, as it may stand in a message of one line. */
  static String shown(String typed) {
    String line = OneLine.of(typed);
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
  }
}
