package org.pupil.board.plugins.hparams;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A scalar by which sessions are compared.
 *
 * @param group the run below the session's that has it, or empty for the session's own
 * @param tag its tag there
 */
public record MetricName(String group, String tag) implements Comparable<MetricName> {
  private static final Comparator<MetricName> ORDER =
      Comparator.comparing(MetricName::tag).thenComparing(MetricName::group);

  /** What is not given is empty. */
  public MetricName(@Nullable String group, @Nullable String tag) {
    this.group = group == null ? "" : group;
    this.tag = tag == null ? "" : tag;
  }

  /** By tag, then by group. */
  @Override
  public int compareTo(MetricName other) {
    return ORDER.compare(this, other);
  }
}
