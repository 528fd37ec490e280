package org.pupil.ingest;

import java.util.List;

/**
 * All files of a photo set as it came.
 *
 * @param files by path in code-point order, no path twice
 * @param isOurs whether the files may be moved away: they were unpacked for this purpose
 * @param notes what was left out already, and why
 */
record SourceTree(List<SourceFile> files, boolean isOurs, List<Note> notes) {
  SourceTree {
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }
}
