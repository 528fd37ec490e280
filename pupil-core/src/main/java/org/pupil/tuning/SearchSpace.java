package org.pupil.tuning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pupil.chance.Chance;
import org.pupil.errors.PupilException;

/**
 * What a search chooses from: the domains of some hyperparameters. {@link #parse} says how it is
 * typed.
 */
public final class SearchSpace {
  /**
   * The space unless a person gives another: how the final layer is trained. It leaves out what
   * takes another pass over the photos.
   */
  public static final String DEFAULT =
      "optimizer=auto|gradient_descent|momentum|adam,learning_rate=log:1e-4..1,"
          + "how_many_training_steps=log:100..4000,train_batch_size=log:16..256,"
          + "l2_penalty=log:0.001..10";

  private static final int LARGEST_GRID = 100_000;

  private final Map<Hyperparameter, Domain> domains;

  SearchSpace(Map<Hyperparameter, Domain> domains) {
    if (domains.isEmpty()) {
      throw new IllegalArgumentException("there must be something to search over");
    }
    Map<Hyperparameter, Domain> ordered = new EnumMap<>(Hyperparameter.class);
    ordered.putAll(domains);
    this.domains = Collections.unmodifiableMap(ordered);
  }

  /**
   * Reads a space: {@code NAME=VALUES,NAME=VALUES...}, where values are {@code a|b|c}, or {@code
   * 10..100} for all numbers between two, or {@code log:0.001..1} for the same where factors are
   * alike. A single value is one too.
   *
   * @throws SpaceSyntaxException if it is none
   */
  public static SearchSpace parse(String text) {
    return new SearchSpace(new SpaceParser(text).parse());
  }

  /** What is searched over, with the values, in the order of the hyperparameters. */
  Map<Hyperparameter, Domain> domains() {
    return domains;
  }

  /** What is searched over. */
  public Set<Hyperparameter> hyperparameters() {
    return domains.keySet();
  }

  /** Something drawn from it. */
  Configuration draw(Chance chance) {
    Map<Hyperparameter, String> values = new LinkedHashMap<>();
    domains.forEach((name, domain) -> values.put(name, domain.at(chance.unit())));
    return new Configuration(values).withoutIdle();
  }

  /**
   * All combinations of evenly spread values, the last hyperparameter changing fastest; of those
   * that are equal in effect one.
   *
   * @param points values of each range
   */
  List<Configuration> grid(int points) {
    List<Map<Hyperparameter, String>> combined = new ArrayList<>();
    combined.add(Map.of());
    for (Map.Entry<Hyperparameter, Domain> one : domains.entrySet()) {
      List<Map<Hyperparameter, String>> more = new ArrayList<>();
      for (Map<Hyperparameter, String> before : combined) {
        for (String value : one.getValue().grid(points)) {
          Map<Hyperparameter, String> longer = new LinkedHashMap<>(before);
          longer.put(one.getKey(), value);
          more.add(longer);
        }
      }
      if (more.size() > LARGEST_GRID) {
        throw PupilException.usage(
            "the grid has more than %,d combinations: give fewer values, or search at random"
                .formatted(LARGEST_GRID));
      }
      combined = more;
    }
    Set<Configuration> different = new LinkedHashSet<>();
    combined.forEach(values -> different.add(new Configuration(values).withoutIdle()));
    return List.copyOf(different);
  }

  /** As it may be typed. */
  @Override
  public String toString() {
    return domains.entrySet().stream()
        .map(one -> one.getKey().typed() + "=" + one.getValue().typed())
        .collect(Collectors.joining(","));
  }
}
