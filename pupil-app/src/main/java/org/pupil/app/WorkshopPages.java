package org.pupil.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The stations of the workshop, in their order: the pages of {@code docs/workshop}. */
final class WorkshopPages {
  private static final List<String> NAMES =
      List.of(
          "1-what-is-image-classification.md",
          "2-how-does-a-network-see.md",
          "3-transfer-learning.md",
          "4-watching.md",
          "5-predictions.md",
          "6-hyperparameters.md",
          "7-another-data-set.md",
          "8-the-coding-challenge.md");

  private WorkshopPages() {}

  /** All of them. */
  static List<WorkshopPage> all() {
    return NAMES.stream().map(name -> WorkshopPage.of(text(name))).toList();
  }

  /** The names of their files. */
  static List<String> names() {
    return NAMES;
  }

  private static String text(String name) {
    try (InputStream page = WorkshopPages.class.getResourceAsStream("workshop/" + name)) {
      if (page == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
