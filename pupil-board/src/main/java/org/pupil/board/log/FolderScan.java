package org.pupil.board.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pupil.record.ReportFile;
import org.pupil.record.RunStatus;

/**
 * The runs below some folders, as they stand at one moment: every folder that directly holds a file
 * whose name contains {@code tfevents} is one. Links are followed as {@link FolderWalk} says.
 *
 * @param runs by name
 * @param projectorConfigs when each configuration of the projector was written, so that one that
 *     comes late, beside event files that do not change any more, is noticed
 * @param statuses where runs say what they are doing, by name; such a run may have no events yet
 * @param pages HTML files, which may be reports; of some thousands only the first
 * @param troubles what kept something from being looked at, a sentence each
 */
record FolderScan(
    SortedMap<String, Found> runs,
    Map<Path, FileTime> projectorConfigs,
    Map<String, RunStatuses.Place> statuses,
    SortedMap<Path, PageFile> pages,
    List<String> troubles) {
  private static final String EVENT_FILE = "tfevents";

  /** Of more HTML files nobody would find one in a list. */
  private static final int MOST_PAGES = 1000;

  /**
   * A run.
   *
   * @param files its event files as they are now
   */
  record Found(Path folder, SortedMap<Path, FileReading.Found> files) {}

  static FolderScan of(List<LogRoot> roots) {
    FolderScan scan =
        new FolderScan(
            new TreeMap<>(), new HashMap<>(), new HashMap<>(), new TreeMap<>(), new ArrayList<>());
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
      new FolderWalk((file, attributes) -> note(root, file, attributes), troubles).walk(folder);
    }
  }

  private void note(LogRoot root, Path file, BasicFileAttributes attributes) {
    Path folder = file.getParent();
    String name = file.getFileName().toString();
    if (name.equals(EventLogs.PROJECTOR_CONFIG)) {
      projectorConfigs.put(file, attributes.lastModifiedTime());
    } else if (folder != null && name.equals(RunStatus.FILE)) {
      statuses.put(
          root.runName(folder), new RunStatuses.Place(file, attributes.lastModifiedTime()));
    } else if (folder != null && attributes.isRegularFile() && name.contains(EVENT_FILE)) {
      runs.computeIfAbsent(root.runName(folder), n -> new Found(folder, new TreeMap<>()))
          .files()
          .put(file, FileReading.Found.of(attributes));
    } else if (folder != null
        && attributes.isRegularFile()
        && name.endsWith(ReportFile.EXTENSION)
        && pages.size() < MOST_PAGES) {
      pages.put(file, new PageFile(root.runName(folder), file, attributes.lastModifiedTime()));
    }
  }
}
