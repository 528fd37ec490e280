package org.pupil.app;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pupil.board.log.LogRoot;
import org.pupil.errors.PupilException;

/** The folders of {@code --logdir_spec}. */
final class LogRoots {
  private LogRoots() {}

  /** Each with a name of its own, else the curves of two would be mixed under one name. */
  static List<LogRoot> named(List<NamedFolder> spec) {
    List<LogRoot> roots = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (NamedFolder one : spec) {
      if (!names.add(one.name())) {
        throw PupilException.usage(
            "--logdir_spec needs a name of its own for each folder, as in a:FOLDER,b:FOLDER; two"
                + " have "
                + (one.name().isEmpty() ? "none" : one.name()));
      }
      roots.add(new LogRoot(one.name(), one.folder()));
    }
    return roots;
  }
}
