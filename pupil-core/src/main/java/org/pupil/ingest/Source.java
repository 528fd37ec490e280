package org.pupil.ingest;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.pupil.errors.PupilException;

/** Where a photo set comes from. */
sealed interface Source {
  /** What messages call it. */
  String name();

  /** A well-known set. */
  record Known(KnownDataset dataset) implements Source {
    @Override
    public String name() {
      return dataset.name();
    }
  }

  /** Any address. */
  record Remote(URI address) implements Source {
    @Override
    public String name() {
      return address.toString();
    }
  }

  /** An archive or a table. */
  record LocalFile(Path file) implements Source {
    @Override
    public String name() {
      return file.toString();
    }
  }

  /** A folder. */
  record LocalFolder(Path folder) implements Source {
    @Override
    public String name() {
      return folder.toString();
    }
  }

  /**
   * What was typed. A name of the catalogue wins over a file or folder that is called so; these can
   * be typed with a slash.
   *
   * @throws PupilException (bad input) if it is nothing of all this; (usage) if it is an address
   *     that nothing is downloaded from
   */
  static Source of(String typed, Catalogue catalogue) {
    if (Addresses.isAddress(typed)) {
      return new Remote(address(typed));
    }
    boolean isPlain = typed.indexOf('/') < 0 && typed.indexOf('\\') < 0 && typed.indexOf('.') < 0;
    Optional<KnownDataset> known = isPlain ? catalogue.find(typed) : Optional.empty();
    if (known.isPresent()) {
      return new Known(known.get());
    }
    try {
      Path path = Path.of(typed);
      if (Files.isDirectory(path)) {
        return new LocalFolder(path);
      }
      if (Files.exists(path)) {
        return new LocalFile(path);
      }
    } catch (InvalidPathException e) {
      throw catalogue.unknown(typed);
    }
    throw isPlain
        ? catalogue.unknown(typed)
        : PupilException.badInput("there is no file or folder " + typed);
  }

  private static URI address(String typed) {
    try {
      URI address = URI.create(typed);
      Addresses.check(address);
      return address;
    } catch (IllegalArgumentException e) {
      throw PupilException.usage("cannot download from %s: %s".formatted(typed, e.getMessage()));
    }
  }
}
