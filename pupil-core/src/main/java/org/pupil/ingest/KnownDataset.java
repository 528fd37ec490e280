package org.pupil.ingest;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A well-known photo set.
 *
 * @param name how it is typed
 * @param title what it shows, for a person
 * @param licence under which the photos may be used
 * @param page where its makers describe it
 * @param files what is downloaded, one file or several
 * @param layout how it is read
 * @param inner the archive within the archive that is read; empty if it is read itself
 * @param leaveOut labels that are none
 * @param labels names of the labels of arrays, which have numbers; none for other sets
 */
public record KnownDataset(
    String name,
    String title,
    String licence,
    URI page,
    List<RemoteFile> files,
    Layout layout,
    Optional<String> inner,
    List<String> leaveOut,
    List<String> labels) {
  public KnownDataset {
    files = List.copyOf(files);
    leaveOut = List.copyOf(leaveOut);
    labels = List.copyOf(labels);
  }

  /** Bytes to download; 0 if nobody has said how many. */
  public long size() {
    return files.stream().mapToLong(RemoteFile::size).sum();
  }

  /**
   * One file of it.
   *
   * @param address where it is
   * @param size its length in bytes, as far as it is known; else 0
   * @param hash its published hash: {@code sha256:} or {@code md5:} and hexadecimal digits
   */
  public record RemoteFile(URI address, long size, Optional<String> hash) {}
}
