package org.pupil.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pupil.backbone.fetch.Downloader;
import org.pupil.errors.PupilException;
import org.pupil.files.FolderTree;
import org.pupil.files.NewFolder;
import org.pupil.files.Reason;
import org.pupil.files.Replacement;
import org.pupil.files.Sha256;

/**
 * Downloads the files of a photo set to a hidden folder beside the one that is made, where they
 * stay until that is complete: a download that was cut goes on there.
 */
final class Fetching {
  private static final int DIGITS = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FIRST_BYTES = 1024;
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final Downloader downloader;

  Fetching(IngestRequest request, IngestListener listener) {
    Path to = request.to().toAbsolutePath().normalize();
    this.folder = to.resolveSibling("." + to.getFileName() + ".download");
    this.downloader =
        new Downloader(
            () -> Downloader.client(request.environment()),
            PATIENCE,
            listener.downloads(),
            request.limits().bytes());
  }

  /**
   * Downloads what is not there yet.
   *
   * @return where the files are, in the order of the addresses
   * @throws PupilException (unavailable) if one cannot be had; (bad input) if one is not what was
   *     to come
   */
  List<Path> fetch(List<KnownDataset.RemoteFile> files) {
    List<Path> fetched = new ArrayList<>();
    for (KnownDataset.RemoteFile file : files) {
      // Two addresses may end in the same name.
      String address = Sha256.of(file.address().toString().getBytes(StandardCharsets.UTF_8));
      Path target =
          folder.resolve(address.substring(0, DIGITS)).resolve(Addresses.fileName(file.address()));
      if (!Files.exists(target)) {
        fetch(file, target);
      }
      fetched.add(target);
    }
    return fetched;
  }

  private void fetch(KnownDataset.RemoteFile file, Path target) {
    try {
      NewFolder made = NewFolder.make(target.resolveSibling(""));
      try {
        downloader.fetch(
            file.address(),
            target.resolveSibling(target.getFileName() + ".part"),
            part -> take(file, part, target));
      } finally {
        made.removeIfEmpty();
      }
    } catch (IOException e) {
      throw PupilException.unavailable(
          "cannot download %s: %s%s".formatted(file.address(), Reason.of(e), kept(target)), e);
    }
  }

  private String kept(Path target) {
    return Files.exists(target.resolveSibling(target.getFileName() + ".part"))
        ? "; what has come is kept: run this command again to go on"
        : "";
  }

  private static void take(KnownDataset.RemoteFile file, Path part, Path target)
      throws IOException {
    Optional<String> objection = objection(file, part);
    if (objection.isPresent()) {
      Files.delete(part);
      throw PupilException.badInput(objection.get());
    }
    Replacement.move(part, target);
  }

  private static Optional<String> objection(KnownDataset.RemoteFile file, Path part)
      throws IOException {
    URI address = file.address();
    if (isWebPage(part)) {
      return Optional.of(
          "what comes from %s is a web page, no archive: open it in a browser, download the archive there, and give its path"
              .formatted(address));
    }
    if (file.hash().isPresent() && !file.hash().get().equals(hash(part, file.hash().get()))) {
      return Optional.of(
          "what comes from %s is not what its makers published (%s was expected): it was changed or damaged on the way, or there is a new version; it was not kept"
              .formatted(address, file.hash().get()));
    }
    return Optional.empty();
  }

  private static boolean isWebPage(Path part) throws IOException {
    try (InputStream in = Files.newInputStream(part)) {
      String start =
          new String(in.readNBytes(FIRST_BYTES), StandardCharsets.ISO_8859_1)
              .stripLeading()
              .toLowerCase(Locale.ROOT);
      return start.startsWith("<!doctype html")
          || (start.startsWith("<") && start.contains("<html"));
    }
  }

  /** The hash of a file in the form of another one. */
  private static String hash(Path file, String like) throws IOException {
    boolean isMd5 = like.startsWith("md5:");
    MessageDigest digest = digest(isMd5 ? "MD5" : "SHA-256");
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return (isMd5 ? "md5:" : "sha256:") + HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  /** Deletes what was downloaded, once the set is complete. */
  void clear() {
    if (Files.exists(folder)) {
      try {
        FolderTree.delete(folder);
      } catch (IOException e) {
        throw PupilException.unavailable(
            "cannot delete " + folder + ", which is not needed any more: " + Reason.of(e), e);
      }
    }
  }
}
