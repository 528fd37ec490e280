package org.pupil.backbone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.pupil.backbone.Architecture.OfficialArchive;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.backbone.fetch.Downloader;
import org.pupil.backbone.fetch.HashRecord;
import org.pupil.backbone.fetch.TarArchive;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.NewFolder;
import org.pupil.files.Reason;
import org.pupil.files.Replacement;
import org.pupil.files.ScratchFolder;

/**
 * The folder {@code --model_dir}: backbones that are on this machine, and those that are fetched.
 *
 * <p>Every file that is used from it is hashed, and must keep the hash it had when it was first
 * used.
 */
final class ModelFolder {
  private final Path folder;
  private final Downloader downloader;

  ModelFolder(Path folder, Downloader downloader) {
    this.folder = folder;
    this.downloader = downloader;
  }

  /** The frozen graph of an architecture, when it or an archive of it is in the folder. */
  Optional<Path> find(Architecture architecture) {
    for (String name : architecture.graphFiles()) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        return Optional.of(file);
      }
    }
    for (OfficialArchive official : architecture.archives()) {
      Path archive = folder.resolve(official.fileName());
      if (Files.isRegularFile(archive)) {
        HashRecord.compareOrWrite(archive, HashRecord.hash(archive));
        return Optional.of(unpack(archive, official));
      }
    }
    return Optional.empty();
  }

  /** Downloads an architecture's archive and unpacks its frozen graph. */
  Path download(Architecture architecture, DownloadAddresses addresses) {
    List<OfficialArchive> archives = architecture.archives();
    for (OfficialArchive official : archives) {
      URI from = addresses.model(official.path());
      Path archive = folder.resolve(official.fileName());
      try {
        fetch(from, archive, tar -> checkHolds(tar, official, from));
        return unpack(archive, official);
      } catch (Downloader.NotThereException e) {
        if (official.equals(archives.get(archives.size() - 1))) {
          throw unavailable(architecture.name(), from, e);
        }
      } catch (IOException e) {
        throw unavailable(architecture.name(), from, e);
      }
    }
    throw new IllegalArgumentException(architecture.name() + " has no official archive");
  }

  private static PupilException unavailable(String name, URI from, IOException e) {
    return PupilException.unavailable(
        Message.of(
            name
                + " cannot be downloaded from "
                + from
                + ": "
                + Reason.of(e)
                + "; without a network use ",
            Setting.ARCHITECTURE,
            " " + String.join(" or ", ArchitectureNames.BUILT_IN) + ", which are built in"),
        e);
  }

  /** The archive of a Hub module, downloaded unless it is in the folder. */
  Path hubArchive(URI from, String fileName) {
    Path archive = folder.resolve(fileName);
    if (Files.isRegularFile(archive)) {
      HashRecord.compareOrWrite(archive, HashRecord.hash(archive));
      return archive;
    }
    try {
      fetch(from, archive, tar -> {});
      return archive;
    } catch (IOException e) {
      throw unavailable(fileName, from, e);
    }
  }

  private void fetch(URI from, Path archive, Consumer<TarArchive> check) throws IOException {
    NewFolder made = createFolder();
    try {
      fetchInto(from, archive, check);
    } finally {
      made.removeIfEmpty();
    }
  }

  private void fetchInto(URI from, Path archive, Consumer<TarArchive> check) throws IOException {
    downloader.fetch(
        from,
        archive.resolveSibling(archive.getFileName() + ".part"),
        part -> {
          try {
            check.accept(opened(part, from));
          } catch (PupilException e) {
            Files.delete(part);
            throw e;
          }
          HashRecord.write(archive, HashRecord.hash(part));
          Replacement.move(part, archive);
        });
  }

  private NewFolder createFolder() {
    try {
      return NewFolder.make(folder);
    } catch (IOException e) {
      throw PupilException.unavailable(
          Message.of(Setting.MODEL_DIR, " " + folder + " cannot be made: " + Reason.of(e)), e);
    }
  }

  private static TarArchive opened(Path part, URI from) {
    try {
      return new TarArchive(part);
    } catch (PupilException e) {
      throw PupilException.badModel(
          "what came from " + from + " is of no use: " + e.getMessage(), e);
    }
  }

  private static void checkHolds(TarArchive archive, OfficialArchive official, URI from) {
    if (archive.find(official.graphs()).isEmpty()) {
      throw PupilException.badModel(
          "the archive from " + from + " is a wrong one: it holds none of " + names(official));
    }
  }

  private static String names(OfficialArchive official) {
    return String.join(", ", official.graphs());
  }

  /** Takes the graph out of an archive to where {@code tar} would put it. */
  private Path unpack(Path archive, OfficialArchive official) {
    TarArchive tar = new TarArchive(archive);
    String name =
        tar.find(official.graphs())
            .orElseThrow(
                () ->
                    PupilException.badModel(
                        archive + " is a wrong archive: it holds none of " + names(official)));
    Path graph = folder.resolve(name);
    Path temporary = graph.resolveSibling(graph.getFileName() + "." + UUID.randomUUID() + ".new");
    try {
      Path parent = graph.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
        ScratchFolder.clearAway(parent, graph.getFileName() + ".*.new");
      }
      try {
        tar.extract(name, temporary);
        HashRecord.write(graph, HashRecord.hash(temporary));
        Replacement.move(temporary, graph);
      } finally {
        Files.deleteIfExists(temporary);
      }
      return graph;
    } catch (IOException e) {
      throw PupilException.unavailable(
          Message.of(archive + " cannot be unpacked in ", Setting.MODEL_DIR, ": " + Reason.of(e)),
          e);
    }
  }
}
