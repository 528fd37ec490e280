package org.pupil.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.pupil.dataset.SplitSet;
import org.pupil.files.InputFile;

/** Puts photos into folders by label. */
final class Arranger {
  private final Path folder;
  private final boolean mayMove;
  private final IngestListener listener;
  private final TargetNames names = new TargetNames();
  private final Set<Path> made = new HashSet<>();

  /**
   * @param folder where the labels' folders come
   * @param mayMove whether files may be moved there; else they are copied
   */
  Arranger(Path folder, boolean mayMove, IngestListener listener) {
    this.folder = folder;
    this.mayMove = mayMove;
    this.listener = listener;
  }

  /** What a person should know about the names. */
  List<Note> notes() {
    return names.notes();
  }

  private record Pending(PlannedPhoto photo, String path, CompletableFuture<String> sha256) {}

  /**
   * Puts them there.
   *
   * @return in the order of the photos
   * @throws TargetException if the disk does not take them
   * @throws IOException if one cannot be read or made
   */
  List<Placed> arrange(List<PlannedPhoto> photos) throws IOException {
    listener.arranging(photos.size());
    List<Pending> pending = new ArrayList<>(photos.size());
    try (FileWriters writers = new FileWriters()) {
      for (PlannedPhoto photo : photos) {
        String labelFolder = names.folder(photo.label());
        String path = names.file(labelFolder, name(photo));
        pending.add(new Pending(photo, path, place(photo, folder.resolve(path), writers)));
        listener.arranged(pending.size());
      }
      writers.finish();
      List<Placed> placed = new ArrayList<>(pending.size());
      for (Pending one : pending) {
        PlannedPhoto photo = one.photo;
        placed.add(
            new Placed(
                one.path,
                names.folder(photo.label()),
                photo.set(),
                photo.group(),
                one.sha256.join()));
      }
      return placed;
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
    }
  }

  /** Photos of sets are in a folder of their set, so that nothing of the division is lost. */
  private static String name(PlannedPhoto photo) {
    return photo.set().map(set -> setFolder(set) + "/" + photo.name()).orElse(photo.name());
  }

  private static String setFolder(SplitSet set) {
    return switch (set) {
      case TRAINING -> "train";
      case VALIDATION -> "val";
      case TESTING -> "test";
    };
  }

  private CompletableFuture<String> place(PlannedPhoto photo, Path target, FileWriters writers)
      throws IOException {
    makeFolder(target.getParent());
    if (photo.origin() instanceof Origin.Made made) {
      return writers.write(target, 0, made.maker()::make);
    }
    SourceFile file = ((Origin.OfFile) photo.origin()).file();
    if (mayMove) {
      move(file.content(), target);
      return CompletableFuture.completedFuture(file.sha256());
    }
    if (file.size() > FileWriters.LARGEST) {
      return CompletableFuture.completedFuture(copy(file, target));
    }
    return writers.write(target, file.size(), () -> Files.readAllBytes(file.content()));
  }

  private void makeFolder(Path parent) throws TargetException {
    if (made.add(parent)) {
      try {
        Files.createDirectories(parent);
      } catch (IOException e) {
        throw new TargetException(e);
      }
    }
  }

  /** Within one disk this takes no room. */
  private static void move(Path from, Path to) throws TargetException {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new TargetException(e);
    }
  }

  private static String copy(SourceFile file, Path target) throws IOException {
    try (InputStream in = InputFile.open(file.content())) {
      return Staging.write(in, target, read -> {}).sha256();
    }
  }
}
