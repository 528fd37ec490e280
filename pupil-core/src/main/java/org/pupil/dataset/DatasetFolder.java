package org.pupil.dataset;

import java.nio.file.Path;

/**
 * A folder that holds one folder of photos for each label, see {@link PhotoFolder}.
 *
 * @param typed the folder as it was typed, which {@link SplitRule#RETRAIN} looks at
 * @param rule how the folders' names become labels
 */
public record DatasetFolder(String typed, LabelRule rule) implements DatasetSource {
  @Override
  public Dataset open() {
    return PhotoFolder.scan(Path.of(typed), typed, rule);
  }
}
