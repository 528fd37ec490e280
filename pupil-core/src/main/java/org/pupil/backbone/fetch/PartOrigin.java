package org.pupil.backbone.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which version of which file the bytes of a {@code .part} belong to: two lines, the address and
 * what the server calls that version (a strong ETag, else the date of its last change).
 */
final class PartOrigin {
  private static final int LONGEST = 8192;

  private final Path file;
  private final URI address;

  PartOrigin(Path part, URI address) {
    this.file = part.resolveSibling(part.getFileName() + ".from");
    this.address = address;
  }

  /** What to send as {@code If-Range}; empty when the part cannot be gone on with. */
  Optional<String> validator() throws IOException {
    List<String> lines;
    try (InputStream in = Files.newInputStream(file)) {
      lines = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    return lines.size() == 2 && lines.get(0).equals(address.toString())
        ? Optional.of(lines.get(1))
        : Optional.empty();
  }

  void remember(HttpHeaders headers) throws IOException {
    Optional<String> version =
        headers
            .firstValue("ETag")
            .filter(tag -> !tag.startsWith("W/"))
            .or(() -> headers.firstValue("Last-Modified"));
    if (version.isPresent()) {
      Files.writeString(file, address + "\n" + version.get() + "\n");
    } else {
      forget();
    }
  }

  void forget() throws IOException {
    Files.deleteIfExists(file);
  }
}
