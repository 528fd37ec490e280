package org.pupil.ingest;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Makes photos and archives for tests. */
final class TestArchives {
  private TestArchives() {}

  /** A PNG file of one colour. */
  static byte[] photo(int rgb) {
    BufferedImage image = new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 8; x++) {
        image.setRGB(x, y, rgb + x);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  /** A zip with photos, or with the texts that are given for them. */
  static Path zip(Path file, Map<String, String> entries) throws IOException {
    return Files.write(file, zipBytes(entries));
  }

  static byte[] zipBytes(Map<String, String> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(content(entry.getKey(), entry.getValue()));
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** The bytes for a text: of a photo for {@code photo}, no two alike. */
  static byte[] content(String name, String text) {
    return text.equals("photo")
        ? photo(name.hashCode() & 0xFFFFF0)
        : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Puts files into a folder. */
  static Path folder(Path folder, Map<String, String> entries) throws IOException {
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, content(entry.getKey(), entry.getValue()));
    }
    return folder;
  }

  /** Photos of these names. */
  static Map<String, String> photos(String... names) {
    Map<String, String> photos = new LinkedHashMap<>();
    for (String name : names) {
      photos.put(name, "photo");
    }
    return photos;
  }
}
