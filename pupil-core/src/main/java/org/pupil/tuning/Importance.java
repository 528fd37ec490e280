package org.pupil.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * How much a hyperparameter mattered in a search: whether trials with other values of it came out
 * in another order (W. Kruskal and W. Wallis, "Use of ranks in one-criterion variance analysis",
 * 1952). Ranks are compared and not cross entropies, so that trials that ran away count as the
 * worst, and no more. Ranges are cut into three parts.
 *
 * <p>It looks at one hyperparameter at a time: that two of them only matter together it does not
 * see.
 *
 * @param hyperparameter of the space
 * @param part of the differences between the trials that its values explain, 0 to 1, less what
 *     chance would: epsilon squared
 * @param pValue how likely it is to look so important if it does not matter at all; 1 if there are
 *     too few trials
 * @param values what became of its values, in their order
 */
public record Importance(
    Hyperparameter hyperparameter, double part, double pValue, List<OfValue> values) {
  private static final int PARTS = 3;

  /**
   * What became of the trials with a value, or with values in a part of a range.
   *
   * @param value as typed, {@code 0.001} or {@code 0.001..0.03}
   * @param trials how many
   * @param median cross entropy of them in the middle, in nats; infinite if half of them ran away
   * @param best the least
   */
  public record OfValue(String value, int trials, double median, double best) {}

  /** Whether it is certain that it mattered. */
  public boolean isCertain() {
    return pValue < 0.05;
  }

  public Importance {
    values = List.copyOf(values);
  }

  /**
   * Looks at all hyperparameters of a space, by the folds that have judged all trials.
   *
   * @param trials of the space
   * @param folds that have judged each
   * @return that which mattered most first
   */
  static List<Importance> of(SearchSpace space, List<Trial> trials, int folds) {
    List<Importance> all = new ArrayList<>();
    space
        .domains()
        .forEach(
            (name, domain) -> {
              List<Trial> having =
                  trials.stream()
                      .filter(
                          trial ->
                              trial.configuration().get(name).isPresent()
                                  && trial.status() != Trial.Status.FAILED
                                  && !trial.outcomes().isEmpty())
                      .toList();
              all.add(of(name, domain, having, folds));
            });
    all.sort(Comparator.comparingDouble((Importance one) -> one.part).reversed());
    return all;
  }

  private static Importance of(Hyperparameter name, Domain domain, List<Trial> trials, int folds) {
    Map<String, List<Double>> scores = new LinkedHashMap<>();
    for (int part = 0; part < PARTS && domain.isOrdered(); part++) {
      scores.put(partOf(domain, part), new ArrayList<>());
    }
    if (!domain.isOrdered()) {
      domain.grid(0).forEach(value -> scores.put(value, new ArrayList<>()));
    }
    for (Trial trial : trials) {
      String value = trial.configuration().get(name).orElseThrow();
      String key =
          domain.isOrdered()
              ? partOf(domain, Math.min(PARTS - 1, (int) (PARTS * domain.place(value))))
              : value;
      scores.computeIfAbsent(key, unseen -> new ArrayList<>()).add(trial.crossEntropy(folds));
    }
    scores.values().removeIf(List::isEmpty);
    double[][] groups =
        scores.values().stream()
            .map(one -> one.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    List<OfValue> values = new ArrayList<>();
    scores.forEach((value, found) -> values.add(ofValue(value, found)));
    double statistic = statistic(groups);
    int n = trials.size();
    int k = groups.length;
    if (k < 2 || n <= k) {
      return new Importance(name, 0, 1, values);
    }
    double part = Math.max(0, (statistic - k + 1) / (n - k));
    double pValue = ChiSquaredDistribution.of(k - 1).survivalProbability(statistic);
    return new Importance(name, part, pValue, values);
  }

  private static String partOf(Domain domain, int part) {
    return domain.at((double) part / PARTS) + ".." + domain.at((part + 1.0) / PARTS);
  }

  private static OfValue ofValue(String value, List<Double> found) {
    double[] sorted = found.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new OfValue(value, sorted.length, median, sorted[0]);
  }

  /** The statistic H with the correction for ties; 0 if all are equal. */
  static double statistic(double[][] groups) {
    double[] all = Arrays.stream(groups).flatMapToDouble(Arrays::stream).sorted().toArray();
    int n = all.length;
    double sum = 0;
    for (double[] group : groups) {
      double ranks = 0;
      for (double value : group) {
        ranks += rank(all, value);
      }
      sum += ranks * ranks / group.length;
    }
    double ties = 0;
    for (int from = 0; from < n; ) {
      int to = from;
      while (to < n && all[to] == all[from]) {
        to++;
      }
      double equal = to - from;
      ties += equal * equal * equal - equal;
      from = to;
    }
    double correction = 1 - ties / ((double) n * n * n - n);
    double h = 12 / (n * (n + 1.0)) * sum - 3 * (n + 1.0);
    return correction > 0 ? h / correction : 0;
  }

  /** From 1; equal values share the mean of their ranks. */
  private static double rank(double[] sorted, double value) {
    int below = 0;
    int upTo = 0;
    for (double other : sorted) {
      below += other < value ? 1 : 0;
      upTo += other <= value ? 1 : 0;
    }
    return (below + 1 + upTo) / 2.0;
  }
}
