package org.pupil.app;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** The ways in which terminals show pictures. */
enum PictureProtocol {
  /**
   * Kitty's graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol): the PNG itself, in
   * pieces. Nothing is answered, so nothing has to be read.
   */
  KITTY {
    @Override
    void write(byte[] png, PrintStream out) {
      byte[] text = Base64.getEncoder().encode(png);
      for (int from = 0; from < text.length; from += LONGEST_PIECE) {
        int length = Math.min(LONGEST_PIECE, text.length - from);
        String first = from == 0 ? "a=T,f=100,q=2," : "";
        int more = from + length < text.length ? 1 : 0;
        ascii(out, "\u001b_G" + first + "m=" + more + ";");
        out.write(text, from, length);
        ascii(out, "\u001b\\");
      }
    }
  },
  /** iTerm2's inline images (iterm2.com/documentation-images.html): the file as one sequence. */
  ITERM {
    @Override
    void write(byte[] png, PrintStream out) {
      ascii(out, "\u001b]1337;File=inline=1;size=" + png.length + ":");
      byte[] text = Base64.getEncoder().encode(png);
      out.write(text, 0, text.length);
      ascii(out, "\u0007");
    }
  },
  /** DEC's sixels, which xterm, foot and others draw. */
  SIXEL {
    @Override
    void write(byte[] png, PrintStream out) {
      try {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        ascii(out, Sixels.of(image));
      } catch (IOException e) {
        throw new UncheckedIOException("memory can always be read", e);
      }
    }
  };

  /** Longer ones are refused. */
  private static final int LONGEST_PIECE = 4096;

  /**
   * The way that a terminal is known to have, by what it puts into the environment. A terminal
   * within another, such as tmux, keeps pictures from the one around it.
   *
   * @return empty when nobody can tell
   */
  static Optional<PictureProtocol> of(Map<String, String> environment) {
    String term = environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
    String program = environment.getOrDefault("TERM_PROGRAM", "").toLowerCase(Locale.ROOT);
    if (environment.containsKey("TMUX")
        || environment.containsKey("STY")
        || term.startsWith("tmux")
        || term.startsWith("screen")
        || term.equals("dumb")) {
      return Optional.empty();
    }
    if (environment.containsKey("KITTY_WINDOW_ID")
        || term.equals("xterm-kitty")
        || term.equals("xterm-ghostty")
        || program.equals("ghostty")) {
      return Optional.of(KITTY);
    }
    if (program.equals("iterm.app")
        || program.equals("wezterm")
        || program.equals("mintty")
        || environment.getOrDefault("LC_TERMINAL", "").equals("iTerm2")) {
      return Optional.of(ITERM);
    }
    return term.equals("foot")
            || term.startsWith("foot-")
            || term.startsWith("mlterm")
            || term.startsWith("yaft")
            || term.contains("sixel")
        ? Optional.of(SIXEL)
        : Optional.empty();
  }

  /** Writes a picture to the terminal, where the cursor is. */
  abstract void write(byte[] png, PrintStream out);

  private static void ascii(PrintStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.write(bytes, 0, bytes.length);
  }
}
