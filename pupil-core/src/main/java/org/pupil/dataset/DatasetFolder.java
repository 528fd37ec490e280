package org.pupil.dataset;

import java.nio.file.Path;

/**
 * A folder that holds one folder of photos for each label, see {@link PhotoFolder}.
 *
 * @param typed the folder as it was typed, which {@link SplitRule#RETRAIN} looks at
 * @param rule how the folders' names become labels
 * @param isDivided whether folders such as {@code train} and {@code test}, around those of the
 *     labels or in them, are looked for: {@link SplitRule#FOLDERS} needs them
 */
public record DatasetFolder(String typed, LabelRule rule, boolean isDivided)
    implements DatasetSource {
  /** Labels that a classifier must have. */
  static final int FEWEST_LABELS = 2;

  /** A folder in which no folders of sets are looked for. */
  public DatasetFolder(String typed, LabelRule rule) {
    this(typed, rule, false);
  }

  @Override
  public Dataset open() {
    return open(FEWEST_LABELS);
  }

  @Override
  public Dataset openForTesting() {
    return open(1);
  }

  private Dataset open(int fewest) {
    Path folder = Path.of(typed);
    if (!isDivided) {
      return PhotoFolder.scan(folder, typed, rule, fewest);
    }
    return DividedFolder.isOne(folder)
        ? DividedFolder.scan(folder, typed, rule, fewest)
        : DividedFolder.withSets(PhotoFolder.scan(folder, typed, rule, fewest));
  }
}
