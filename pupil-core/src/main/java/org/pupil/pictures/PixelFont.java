package org.pupil.pictures;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Letters of 5 x 9 pixels: a to z, 0 to 9 and some signs; large letters look like small ones. What
 * the font lacks is shown as a question mark.
 */
final class PixelFont {
  static final int WIDTH = 5;
  static final int HEIGHT = 9;

  private static final int ADVANCE = WIDTH + 1;

  /** By character nine rows of five, bit 4 being the left one. */
  private final Map<Character, int[]> glyphs = new HashMap<>();

  /** Reads the letters, which are drawn in the file as one sees them. */
  PixelFont() {
    glyphs.put(' ', new int[HEIGHT]);
    try (InputStream in =
            Objects.requireNonNull(PixelFont.class.getResourceAsStream("font.txt"), "font.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      List<String> all = lines.lines().toList();
      for (int from = 0; from + HEIGHT < all.size(); from += HEIGHT + 1) {
        for (int at = 0; at < all.get(from).length(); at += ADVANCE) {
          glyphs.put(all.get(from).charAt(at), glyph(all.subList(from + 1, from + 1 + HEIGHT), at));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] glyph(List<String> rows, int at) {
    int[] glyph = new int[HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      String row = rows.get(y).substring(at, at + WIDTH);
      glyph[y] = Integer.parseInt(row.replace('.', '0').replace('#', '1'), 2);
    }
    return glyph;
  }

  /** Whether it has everything that is in the text. */
  boolean writes(String text) {
    return text.toLowerCase(Locale.ROOT).chars().allMatch(c -> glyphs.containsKey((char) c));
  }

  /** Columns that a text takes, at a scale of 1. */
  static int width(String text) {
    return Math.max(0, text.length() * ADVANCE - 1);
  }

  /** Whether a pixel of a text, at a scale of 1, is ink. */
  boolean isInk(String text, int x, int y) {
    int place = x / ADVANCE;
    int column = x % ADVANCE;
    if (x < 0 || place >= text.length() || column == WIDTH) {
      return false;
    }
    char letter = text.toLowerCase(Locale.ROOT).charAt(place);
    int[] glyph = Objects.requireNonNull(glyphs.getOrDefault(letter, glyphs.get('?')));
    return (glyph[y] >> (WIDTH - 1 - column) & 1) != 0;
  }
}
