package org.pupil.ingest;

import java.util.Optional;
import org.pupil.dataset.SplitSet;

/**
 * A photo to be, before it has its place.
 *
 * @param origin where its bytes come from
 * @param label as the photo set has it
 * @param set which set it belongs to, if the photo set says that
 * @param group what it has in common with photos that belong together; empty if nothing is said
 * @param name of its file, perhaps with folders before it
 */
record PlannedPhoto(
    Origin origin, String label, Optional<SplitSet> set, String group, String name) {

  static PlannedPhoto of(SourceFile file, String label, Optional<SplitSet> set, String name) {
    return new PlannedPhoto(new Origin.OfFile(file), label, set, "", name);
  }
}
