package org.pupil.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pupil.files.FolderTree;

/**
 * Files of one kind that Pupil keeps on the disk and can make again.
 *
 * @param kind what they are
 * @param paths files and folders; nothing else lies in the folders
 * @param bytes how much they take
 */
public record Kept(Kind kind, List<Path> paths, long bytes) {

  /** What is kept, what for, and what it costs to do without it. */
  public enum Kind {
    LEFTOVERS("files of programs that were killed", "nothing: nobody needs them"),
    LIBRARIES("unpacked native libraries", "a second at the next start"),
    CLASSES("archives for fast starts", "some seconds at the next start"),
    BOTTLENECKS("what backbones gave for photos", "they are computed again: minutes for 1,000"),
    MAPS("what fine-tuning keeps of photos, and its checkpoints", "they are computed again"),
    DATASETS("archives of photos, unpacked", "they are unpacked again"),
    BACKBONES(
        "backbones that were downloaded or put there",
        "they are downloaded again, which needs a network");

    private final String what;
    private final String cost;

    Kind(String what, String cost) {
      this.what = what;
      this.cost = cost;
    }

    /** What the files are, as a phrase. */
    public String what() {
      return what;
    }

    /** What it costs to remove them, as a phrase. */
    public String cost() {
      return cost;
    }

    /** As it is typed: {@code leftovers}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Kept {
    paths = List.copyOf(paths);
  }

  /**
   * Deletes the files. Symbolic links are deleted, not followed.
   *
   * @throws IOException if one cannot be deleted; those before it are gone then
   */
  public void remove() throws IOException {
    for (Path path : paths) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        FolderTree.delete(path);
      } else {
        Files.deleteIfExists(path);
      }
    }
  }
}
