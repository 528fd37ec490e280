package org.pupil.ingest;

import java.util.Optional;
import org.pupil.dataset.SplitSet;

/**
 * A photo in its place.
 *
 * @param path below the folder, with {@code /} between the parts
 * @param label the folder of its label
 * @param set which set it belongs to, if the photo set says that
 * @param group what it has in common with photos that belong together; may be empty
 * @param sha256 of its bytes, as hexadecimal digits
 */
record Placed(String path, String label, Optional<SplitSet> set, String group, String sha256) {}
