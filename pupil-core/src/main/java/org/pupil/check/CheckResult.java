package org.pupil.check;

import java.util.Comparator;
import java.util.List;
import org.pupil.dataset.Dataset;

/**
 * What a check of labelled photos has found.
 *
 * @param dataset the photos that were checked
 * @param findings the serious ones first; then by {@link Finding.Kind}, in which the worst of one
 *     kind come first
 */
public record CheckResult(Dataset dataset, List<Finding> findings) {
  public CheckResult {
    findings =
        findings.stream()
            .sorted(
                Comparator.comparing(Finding::isSerious).reversed().thenComparing(Finding::kind))
            .toList();
  }

  /** The number of photos that were checked, those that cannot be used included. */
  public int photos() {
    return dataset.photos().size();
  }

  /** Whether a classifier, or its test, suffers from something that was found. */
  public boolean isSerious() {
    return findings.stream().anyMatch(Finding::isSerious);
  }

  /** The findings of one kind, the worst first. */
  public List<Finding> of(Finding.Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).toList();
  }
}
