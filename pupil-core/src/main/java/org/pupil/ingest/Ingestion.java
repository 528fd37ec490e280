package org.pupil.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.pupil.dataset.LabelTable;
import org.pupil.dataset.Names;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.FileTrouble;
import org.pupil.files.FolderDraft;
import org.pupil.files.Reason;
import org.pupil.files.Sha256;

/**
 * Brings a photo set into a folder of its own, with one folder of photos for each label.
 *
 * <p>The folder appears whole or not at all. Beside the photos it holds a record of where they came
 * from, their checksums and a contact sheet. Who asks for it again gets the same folder untouched.
 */
public final class Ingestion {
  /** What names in zips are written in that say nothing else. */
  private static final Charset OF_ZIPS = Charset.forName("IBM437");

  private final IngestRequest request;
  private final IngestListener listener;
  private final Map<Path, CompletableFuture<String>> hashes = new HashMap<>();

  public Ingestion(IngestRequest request, IngestListener listener) {
    this.request = request;
    this.listener = listener;
  }

  /**
   * Does it.
   *
   * @throws PupilException (bad input) if the photo set cannot be read; (usage) if the folder is
   *     taken; (unavailable) if something cannot be downloaded or written
   */
  public IngestedSet run() {
    Source source = Source.of(request.source(), request.catalogue());
    if (source instanceof Source.LocalFolder local) {
      checkApart(local.folder());
    }
    Optional<DatasetRecord> before = DatasetRecord.read(request.to());
    if (before.isPresent()) {
      return again(before.get(), fingerprint(source));
    }
    try (FolderDraft draft = FolderDraft.begin(request.to())) {
      return make(source, draft);
    } catch (TargetException e) {
      throw PupilException.unavailable(
          "cannot write %s: %s; nothing was left there".formatted(request.to(), e.getMessage()), e);
    } catch (FileSystemException e) {
      throw PupilException.badInput(
          "%s cannot be read: %s".formatted(e.getFile(), FileTrouble.reason(e)), e);
    } catch (IOException e) {
      throw PupilException.badInput(
          "%s cannot be read: %s".formatted(source.name(), Reason.of(e)), e);
    }
  }

  private void checkApart(Path folder) {
    try {
      Path to = request.to().toAbsolutePath().normalize();
      if (to.startsWith(folder.toRealPath())
          || to.startsWith(folder.toAbsolutePath().normalize())) {
        throw PupilException.usage(
            Message.of(
                Setting.TO,
                " must not be in the folder that is read, was %s in %s"
                    .formatted(request.to(), folder)));
      }
    } catch (IOException e) {
      throw PupilException.badInput(folder + " cannot be read: " + Reason.of(e), e);
    }
  }

  /** Equal for two requests that give the same photos. */
  private String fingerprint(Source source) {
    try {
      String content = source.name();
      if (source instanceof Source.Known known) {
        content = known.dataset().files().toString();
      } else if (source instanceof Source.LocalFile local) {
        content = hash(local.file());
      } else if (source instanceof Source.LocalFolder local) {
        content = listing(local.folder());
      }
      return Sha256.of((content + "\n" + request.options()).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw PupilException.badInput(source.name() + " cannot be read: " + Reason.of(e), e);
    }
  }

  /** Hashes an archive, while another thread may be unpacking it. */
  private void startHash(Path file) {
    hashes.computeIfAbsent(
        file,
        path ->
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return Sha256.of(path);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }

  private String hash(Path file) throws IOException {
    startHash(file);
    try {
      return hashes.get(file).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof UncheckedIOException unchecked
          ? unchecked.getCause()
          : new IOException(e);
    }
  }

  private static String listing(Path folder) throws IOException {
    StringBuilder listing = new StringBuilder();
    for (SourceFile file : FolderSource.list(folder).files()) {
      listing.append(file.path()).append('\t').append(file.size()).append('\t');
      listing.append(Files.getLastModifiedTime(file.content()).toMillis()).append('\n');
    }
    return listing.toString();
  }

  private IngestedSet again(DatasetRecord record, String fingerprint) {
    if (!record.fingerprint().equals(fingerprint)) {
      throw PupilException.usage(
          Message.of(
              Setting.TO,
              " %s holds another photo set already, or the same read in another way (%s, as %s): give the name of a new folder, or delete that one"
                  .formatted(request.to(), record.source(), record.layout())));
    }
    return result(record, true, DatasetRecord.gone(request.to()));
  }

  private IngestedSet result(DatasetRecord record, boolean wasThere, int gone) {
    Path table = request.to().resolve(DatasetRecord.TABLE);
    return new IngestedSet(
        request.to(),
        wasThere,
        record.counts(),
        gone,
        request.to().resolve(DatasetRecord.CONTACT_SHEET),
        record.hasSets(),
        Files.exists(table) ? Optional.of(table) : Optional.empty());
  }

  private IngestedSet make(Source source, FolderDraft draft) throws IOException {
    Fetching fetching = new Fetching(request, listener);
    Opened opened = open(source, fetching, draft);
    opened.tree.notes().forEach(listener::note);
    Recogniser recogniser = new Recogniser(source.name(), opened.tree, listener);
    recogniser.notes().forEach(listener::note);
    Recognised recognised = recogniser.read(layout(source));
    if (source instanceof Source.Known known) {
      recognised = recognised.without(known.dataset().leaveOut()).named(known.dataset().labels());
    }
    recognised.notes().forEach(listener::note);
    if (recognised.photos().size() > request.limits().files()) {
      // Arrays and boxes may stand for more photos than there are files.
      throw request.limits().tooMany(source.name());
    }
    listener.recognised(recognised);
    Arranger arranger = new Arranger(draft.path(), opened.tree.isOurs(), listener);
    if (!opened.tree.isOurs()) {
      DiskRoom.check(request.to(), bytes(recognised));
    }
    List<Placed> placed = arranger.arrange(recognised.photos());
    arranger.notes().forEach(listener::note);
    DatasetRecord record =
        new DatasetRecord(
            source.name(),
            fingerprint(source),
            opened.hash.isPresent() ? "sha256:" + hash(opened.hash.get()) : "",
            source instanceof Source.Known known ? known.dataset().licence() : "",
            recognised.layout().typed(),
            recognised.counts(),
            !recognised.sets().isEmpty());
    write(record, placed, recognised.hasGroups(), draft.path());
    draft.finish();
    fetching.clear();
    return result(record, false, 0);
  }

  private Optional<Layout> layout(Source source) {
    if (source instanceof Source.Known known) {
      return request.layout().or(() -> Optional.of(known.dataset().layout()));
    }
    return source instanceof Source.LocalFile local
            && LabelTable.isNamedAsTable(Names.fileName(local.file()))
        ? Optional.of(Layout.TABLE)
        : request.layout();
  }

  private static long bytes(Recognised recognised) {
    return recognised.photos().stream()
        .mapToLong(photo -> photo.origin() instanceof Origin.OfFile of ? of.file().size() : 0)
        .sum();
  }

  private static void write(
      DatasetRecord record, List<Placed> placed, boolean hasGroups, Path folder)
      throws IOException {
    byte[] sheet = Overview.png(folder, placed);
    try {
      Files.write(folder.resolve(DatasetRecord.CONTACT_SHEET), sheet);
      DatasetRecord.writeSums(folder, placed);
      if (hasGroups) {
        DatasetRecord.writeTable(folder, placed);
      }
      record.write(folder);
    } catch (IOException e) {
      throw new TargetException(e);
    }
  }

  /**
   * A source whose files can be looked at.
   *
   * @param hash the archive whose hash is recorded; empty if it is none, or there are several
   */
  private record Opened(SourceTree tree, Optional<Path> hash) {}

  private Opened open(Source source, Fetching fetching, FolderDraft draft) throws IOException {
    if (source instanceof Source.LocalFolder local) {
      listener.reading(source.name());
      return new Opened(FolderSource.list(local.folder()), Optional.empty());
    }
    if (source instanceof Source.LocalFile local
        && LabelTable.isNamedAsTable(Names.fileName(local.file()))) {
      listener.reading(source.name());
      return new Opened(beside(local.file()), Optional.empty());
    }
    return archives(source, files(source, fetching), inner(source), draft);
  }

  /** A table, and all files beside it and below that are no tables. */
  private static SourceTree beside(Path table) throws IOException {
    Path folder = table.toAbsolutePath().getParent();
    SourceTree all = FolderSource.list(folder);
    String name = Names.fileName(table);
    return new SourceTree(
        all.files().stream()
            .filter(file -> file.path().equals(name) || !LabelTable.isNamedAsTable(file.name()))
            .toList(),
        false,
        all.notes());
  }

  /** The files of a source that is no folder, once they are on this disk. */
  private List<Path> files(Source source, Fetching fetching) {
    if (source instanceof Source.Known known) {
      listener.known(known.dataset());
      DiskRoom.check(request.to(), 2 * known.dataset().size());
      return fetching.fetch(known.dataset().files());
    }
    if (source instanceof Source.Remote remote) {
      return fetching.fetch(
          List.of(new KnownDataset.RemoteFile(remote.address(), 0, Optional.empty())));
    }
    return List.of(((Source.LocalFile) source).file());
  }

  private Optional<String> inner(Source source) {
    return source instanceof Source.Known known
        ? request.inner().or(() -> known.dataset().inner())
        : request.inner();
  }

  private Opened archives(
      Source source, List<Path> files, Optional<String> inner, FolderDraft draft)
      throws IOException {
    List<SourceFile> all = new ArrayList<>();
    List<Note> notes = new ArrayList<>();
    Optional<Path> hashed = files.size() == 1 ? Optional.of(files.get(0)) : Optional.empty();
    hashed.ifPresent(this::startHash);
    for (Path file : files) {
      String name = files.size() == 1 ? source.name() : String.valueOf(file.getFileName());
      SourceTree tree = unpack(name, file, draft);
      if (inner.isPresent()) {
        tree = inner(name, tree, inner.get(), draft);
      }
      all.addAll(tree.files());
      notes.addAll(tree.notes());
    }
    return new Opened(new SourceTree(all, true, notes), hashed);
  }

  private SourceTree inner(String name, SourceTree outer, String inner, FolderDraft draft)
      throws IOException {
    SourceFile archive =
        outer.files().stream()
            .filter(file -> file.path().equals(inner))
            .findFirst()
            .orElseThrow(
                () ->
                    PupilException.badInput(
                        Message.of(
                            name + " holds no file of the name that ",
                            Setting.INNER,
                            " gives, " + inner)));
    return unpack(inner, archive.content(), draft);
  }

  private SourceTree unpack(String name, Path file, FolderDraft draft) throws IOException {
    ArchiveFormat format =
        ArchiveFormat.of(file)
            .orElseThrow(
                () ->
                    PupilException.badInput(
                        name + " is no archive: give a zip, tar, tar.gz, tar.xz or a folder"));
    if (!format.isRead()) {
      throw PupilException.badInput(
          "%s is an archive of a kind that is not read (%s): unpack it with another program and give the folder"
              .formatted(name, format.spoken()));
    }
    DiskRoom.check(request.to(), Files.size(file));
    listener.reading(name);
    Path folder = Files.createTempDirectory(draft.scratch(), "unpacked");
    Charset otherwise =
        request.names().orElse(format == ArchiveFormat.ZIP ? OF_ZIPS : StandardCharsets.ISO_8859_1);
    return new Unpacker(request.limits(), otherwise, listener).unpack(name, file, format, folder);
  }
}
