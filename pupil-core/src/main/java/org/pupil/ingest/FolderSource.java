package org.pupil.ingest;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.pupil.dataset.Names;

/** Lists a folder that is here already. Links are left out, as in archives. */
final class FolderSource {
  private FolderSource() {}

  /**
   * The files in a folder and below.
   *
   * @throws IOException if one of the folders cannot be read
   */
  static SourceTree list(Path folder) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    Notes notes = new Notes();
    boolean isPupils = Files.exists(folder.resolve(DatasetRecord.FILE));
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return !path.equals(folder) && Names.isPassedOver(Names.fileName(path))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            String name =
                folder
                    .relativize(path)
                    .toString()
                    .replace(path.getFileSystem().getSeparator(), "/");
            if (Names.isPassedOver(Names.fileName(path))
                || (isPupils && DatasetRecord.isOwn(name))) {
              return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink()) {
              notes.add(Notes.Reason.LINK, name);
            } else if (!attributes.isRegularFile()) {
              notes.add(Notes.Reason.SPECIAL, name);
            } else {
              files.add(new SourceFile(name, path, attributes.size(), ""));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort((a, b) -> Names.BY_CODE_POINT.compare(a.path(), b.path()));
    return new SourceTree(files, false, notes.list());
  }
}
