package org.pupil.report.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pupil.evaluation.Calibration;

/**
 * A reliability diagram, for {@code plot/reliability.jte}: how often each probability is right.
 *
 * @param repeats how often each photo was predicted, at least 1: counts are averages over these
 */
public record ReliabilityPlot(Calibration calibration, int repeats) {
  /** The frame that the bars are drawn in. */
  public Frame frame() {
    return new Frame(
        Axis.percent("probability that the model gives"), Axis.percent("of these were right"));
  }

  /** The bins that have photos. */
  public List<Calibration.Bin> bins() {
    return calibration.bins().stream().filter(bin -> bin.photos() > 0).toList();
  }

  /** Photos of a bin, on average over the repeats: rounded, but not to 0. */
  public long photos(Calibration.Bin bin) {
    return Math.max(1, Math.round((double) bin.photos() / repeats));
  }

  /** The diagram in words, for those who do not see it. */
  public String summary() {
    return bins().stream()
        .map(
            bin ->
                String.format(
                    Locale.ROOT,
                    "%.0f to %.0f %%: %d photo%s, %.0f %% right",
                    100 * bin.above(),
                    100 * bin.upTo(),
                    photos(bin),
                    photos(bin) == 1 ? "" : "s",
                    100 * bin.accuracy()))
        .collect(Collectors.joining("; "));
  }
}
