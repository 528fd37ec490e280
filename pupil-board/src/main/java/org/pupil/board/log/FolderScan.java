package org.pupil.board.log;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pupil.files.FileTrouble;

/**
 * The runs below some folders, as they stand at one moment: every folder that directly holds a file
 * whose name contains {@code tfevents} is one. Links to folders are followed.
 *
 * @param runs by name
 * @param projectorConfigs when each configuration of the projector was written, so that one that
 *     comes late, beside event files that do not change any more, is noticed
 * @param troubles what kept something from being looked at, a sentence each
 */
record FolderScan(
    SortedMap<String, Found> runs, Map<Path, FileTime> projectorConfigs, List<String> troubles) {
  private static final String EVENT_FILE = "tfevents";

  /** Deeper folders are not looked at. */
  private static final int DEEPEST = 64;

  /**
   * A run.
   *
   * @param files its event files with their sizes in bytes
   */
  record Found(Path folder, SortedMap<Path, Long> files) {}

  static FolderScan of(List<LogRoot> roots) {
    FolderScan scan = new FolderScan(new TreeMap<>(), new HashMap<>(), new ArrayList<>());
    roots.forEach(scan::add);
    return scan;
  }

  private void add(LogRoot root) {
    Path folder = root.folder();
    if (!Files.exists(folder)) {
      troubles.add(folder + " does not exist (yet): nothing was written there");
    } else if (!Files.isDirectory(folder)) {
      troubles.add(folder + " is a file: --logdir takes the folder that holds the event files");
    } else {
      try {
        Files.walkFileTree(
            folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new Visitor(root));
      } catch (IOException e) {
        troubles.add(folder + " cannot be looked through: " + FileTrouble.reason(e));
      }
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final LogRoot root;

    Visitor(LogRoot root) {
      this.root = root;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      Path folder = file.getParent();
      String name = file.getFileName().toString();
      if (name.equals(EventLogs.PROJECTOR_CONFIG)) {
        projectorConfigs.put(file, attributes.lastModifiedTime());
      } else if (folder != null && attributes.isRegularFile() && name.contains(EVENT_FILE)) {
        runs.computeIfAbsent(root.runName(folder), n -> new Found(folder, new TreeMap<>()))
            .files()
            .put(file, attributes.size());
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException refusal) {
      // A link back to a folder above is an ordinary thing; one to nowhere is no folder at all.
      if (!(refusal instanceof FileSystemLoopException)
          && Files.isDirectory(file)
          && !Files.isReadable(file)) {
        troubles.add(file + " cannot be looked into: " + FileTrouble.reason(refusal));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException refusal) {
      if (refusal != null) {
        troubles.add(folder + " cannot be looked through: " + FileTrouble.reason(refusal));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
