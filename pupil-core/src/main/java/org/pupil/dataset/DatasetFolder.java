package org.pupil.dataset;

import java.nio.file.Path;
import org.pupil.errors.PupilException;

/**
 * A folder that holds one folder of photos for each label, see {@link PhotoFolder}.
 *
 * @param typed the folder as it was typed, which {@link SplitRule#RETRAIN} looks at
 * @param rule how the folders' names become labels
 */
public record DatasetFolder(String typed, LabelRule rule) implements DatasetSource {
  /** Labels that a classifier must have. */
  static final int FEWEST_LABELS = 2;

  @Override
  public Dataset open() {
    return PhotoFolder.scan(Path.of(typed), typed, rule, FEWEST_LABELS);
  }

  /**
   * The photos, to judge a model by, which one label is enough for.
   *
   * @throws PupilException (bad input) as {@link PhotoFolder#scan}
   */
  public Dataset openForTesting() {
    return PhotoFolder.scan(Path.of(typed), typed, rule, 1);
  }
}
