package org.pupil.tuning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.chance.Chance;

/**
 * Proposes what resembles the better trials and not the others: the tree-structured Parzen
 * estimator (J. Bergstra et al., "Algorithms for hyper-parameter optimization", 2011). The density
 * of the better quarter and that of the rest are each a sum of bumps around the trials, a
 * hyperparameter at a time; of some candidates drawn from the first, the one is taken where it
 * exceeds the second most. A part is still drawn at random, so that no corner is given up for ever.
 */
final class ParzenProposals {
  /** Fewer trials tell nothing. */
  private static final int FEWEST = 8;

  private static final int CANDIDATES = 24;
  private static final double RANDOM_PART = 0.25;

  /** Width of a bump, of a domain's [0, 1]. */
  private static final double WIDTH = 0.12;

  /** What every place has in a density whatever the trials. */
  private static final double FLOOR = 0.1;

  private final SearchSpace space;

  ParzenProposals(SearchSpace space) {
    this.space = space;
  }

  /**
   * One configuration.
   *
   * @param judged earlier trials, the best first
   */
  Configuration propose(List<Configuration> judged, Chance chance) {
    if (judged.size() < FEWEST || chance.unit() < RANDOM_PART) {
      return space.draw(chance);
    }
    int good = Math.max(3, judged.size() / 4);
    List<Configuration> better = judged.subList(0, good);
    List<Configuration> rest = judged.subList(good, judged.size());
    List<Configuration> candidates = new ArrayList<>();
    for (int i = 0; i < CANDIDATES; i++) {
      candidates.add(near(better.get(chance.below(better.size())), chance));
    }
    return candidates.stream()
        .max(Comparator.comparingDouble(one -> logDensity(one, better) - logDensity(one, rest)))
        .orElseThrow();
  }

  /** Something like a trial. What that trial does not say is drawn. */
  private Configuration near(Configuration centre, Chance chance) {
    Map<Hyperparameter, String> values = new EnumMap<>(Hyperparameter.class);
    space
        .domains()
        .forEach(
            (name, domain) -> {
              double place = chance.unit();
              double bump = chance.unit() + chance.unit() + chance.unit() - 1.5;
              boolean stays = chance.unit() < 0.8;
              Optional<String> value = centre.get(name);
              if (value.isPresent() && domain.isOrdered()) {
                place = reflected(domain.place(value.get()) + 2 * WIDTH * bump);
              } else if (value.isPresent() && stays) {
                place = domain.place(value.get());
              }
              values.put(name, domain.at(place));
            });
    return new Configuration(values).withoutIdle();
  }

  private static double reflected(double place) {
    double inside = place < 0 ? -place : place;
    return inside > 1 ? 2 - inside : inside;
  }

  private double logDensity(Configuration at, List<Configuration> trials) {
    double sum = 0;
    for (Map.Entry<Hyperparameter, Domain> one : space.domains().entrySet()) {
      Optional<String> value = at.get(one.getKey());
      if (value.isPresent()) {
        sum += StrictMath.log(density(one.getKey(), one.getValue(), value.get(), trials));
      }
    }
    return sum;
  }

  private static double density(
      Hyperparameter name, Domain domain, String value, List<Configuration> trials) {
    double sum = FLOOR;
    int having = 0;
    for (Configuration trial : trials) {
      Optional<String> other = trial.get(name);
      if (other.isEmpty()) {
        continue;
      }
      having++;
      if (domain.isOrdered()) {
        double distance = (domain.place(value) - domain.place(other.get())) / WIDTH;
        sum += StrictMath.exp(-distance * distance / 2);
      } else {
        sum += other.get().equals(value) ? 1 : 0;
      }
    }
    return sum / (having + 1);
  }
}
