package org.pupil.pictures;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.AttributedString;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.pupil.errors.PupilException;

/**
 * Lays out text in the open fonts that come with Pupil, so that a picture looks the same on every
 * machine, whatever fonts that machine has.
 *
 * <p>The fonts have Latin, Greek, Cyrillic, Arabic and Devanagari letters. Chinese, Japanese and
 * Korean ones take megabytes: a font named {@value #CJK} beside this class, from a jar of its own,
 * is used where there is one. A character that no font has becomes an empty box. Letters are
 * joined, and ordered from right to left, as their script wants it.
 */
final class PictureText {
  private static final List<String> EMBEDDED =
      List.of(
          "NotoSans-Regular.ttf", "NotoSansArabic-Regular.ttf", "NotoSansDevanagari-Regular.ttf");
  private static final String CJK = "NotoSansCJK-Regular.otf";

  /** Edges are smooth, and a letter may stand between two pixels. */
  private static final FontRenderContext SMOOTH = new FontRenderContext(null, true, true);

  private static final String ELLIPSIS = "\u2026";

  private final List<String> names;
  private final float size;

  /** The first of the fonts: each is read when a character is met that none before it has. */
  private final List<Font> fonts = new ArrayList<>();

  /**
   * Reads the first font, which takes some hundredths of a second in a process that has drawn no
   * text yet.
   *
   * @param size height of a line in pixels
   * @throws PupilException (unavailable) if this machine's Java has no working font library
   */
  PictureText(float size) {
    this.size = size;
    this.names =
        Stream.concat(EMBEDDED.stream(), Stream.of(CJK).filter(PictureText::isThere)).toList();
    font(0);
  }

  private Font font(int index) {
    while (fonts.size() <= index) {
      fonts.add(font(names.get(fonts.size())).deriveFont(size));
    }
    return fonts.get(index);
  }

  private static boolean isThere(String name) {
    return PictureText.class.getResource(name) != null;
  }

  private static Font font(String name) {
    try {
      return parse(name);
    } catch (InternalError e) {
      // Java first asks a Linux system for its fonts, and gives up where there is no fontconfig to
      // ask, as in small containers. Told that there are none, it works.
      return withoutSystemFonts(name);
    } catch (LinkageError e) {
      throw noFontLibrary(e);
    }
  }

  private static Font withoutSystemFonts(String name) {
    try {
      Path noFonts = Files.createTempFile("pupil-no-fonts", ".properties");
      try {
        Files.writeString(noFonts, "version=1\nsequence.allfonts=default\n");
        System.setProperty("sun.awt.fontconfig", noFonts.toString());
        return parse(name);
      } finally {
        Files.deleteIfExists(noFonts);
      }
    } catch (IOException | InternalError | LinkageError e) {
      throw noFontLibrary(e);
    }
  }

  private static PupilException noFontLibrary(Throwable cause) {
    return PupilException.unavailable(
        "this machine's Java cannot draw text (on Linux it needs the package libfreetype6)", cause);
  }

  private static Font parse(String name) {
    try (InputStream file = PictureText.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return Font.createFont(Font.TRUETYPE_FONT, file);
    } catch (IOException e) {
      throw PupilException.unavailable("the fonts cannot be unpacked: " + e.getMessage(), e);
    } catch (FontFormatException e) {
      throw new IllegalStateException(name + " is damaged", e);
    }
  }

  /** Whether some font has each of its characters. */
  boolean writes(String text) {
    return text.codePoints().allMatch(character -> fontOf(character).canDisplay(character));
  }

  /**
   * Lays out one line.
   *
   * @param text not empty
   */
  TextLayout line(String text) {
    AttributedString fitted = new AttributedString(text);
    int from = 0;
    while (from < text.length()) {
      Font font = fontOf(text.codePointAt(from));
      int to = from;
      while (to < text.length() && belongsTo(font, text.codePointAt(to))) {
        to += Character.charCount(text.codePointAt(to));
      }
      fitted.addAttribute(TextAttribute.FONT, font, from, to);
      from = to;
    }
    return new TextLayout(fitted.getIterator(), SMOOTH);
  }

  /** The first font that has a character, or the first one, which then shows a box. */
  private Font fontOf(int character) {
    for (int i = 0; i < names.size(); i++) {
      if (font(i).canDisplay(character)) {
        return font(i);
      }
    }
    return font(0);
  }

  /** Marks and joiners stay with the letter before them. */
  private boolean belongsTo(Font font, int character) {
    boolean joins =
        switch (Character.getType(character)) {
          case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.FORMAT ->
              font.canDisplay(character);
          default -> false;
        };
    return joins || fontOf(character).equals(font);
  }

  /**
   * Lays out one line of limited length: what is too long ends with an ellipsis.
   *
   * @param text not empty
   * @param width the most pixels
   */
  TextLayout line(String text, float width) {
    TextLayout whole = line(text);
    if (whole.getAdvance() <= width) {
      return whole;
    }
    BreakIterator letters = BreakIterator.getCharacterInstance(Locale.ROOT);
    letters.setText(text);
    TextLayout shortened = line(ELLIPSIS);
    for (int end = letters.next(); end != BreakIterator.DONE; end = letters.next()) {
      TextLayout longer = line(text.substring(0, end).stripTrailing() + ELLIPSIS);
      if (longer.getAdvance() > width) {
        break;
      }
      shortened = longer;
    }
    return shortened;
  }
}
