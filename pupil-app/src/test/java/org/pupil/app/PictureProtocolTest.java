package org.pupil.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureProtocolTest {
  private static byte[] noise(int width, int height) throws IOException {
    Random random = new Random(7);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private static String written(PictureProtocol protocol, byte[] png) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    protocol.write(png, new PrintStream(out, true, ISO_8859_1));
    return out.toString(ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "TERM, xterm-kitty, KITTY",
    "KITTY_WINDOW_ID, 1, KITTY",
    "TERM, xterm-ghostty, KITTY",
    "TERM_PROGRAM, iTerm.app, ITERM",
    "TERM_PROGRAM, WezTerm, ITERM",
    "LC_TERMINAL, iTerm2, ITERM",
    "TERM, foot, SIXEL",
    "TERM, foot-extra, SIXEL",
    "TERM, mlterm, SIXEL",
    "TERM, xterm-256color, ",
    "TERM, dumb, ",
    "TERM_PROGRAM, Apple_Terminal, "
  })
  void aTerminalIsKnownByItsVariables(
      String variable, String value, @Nullable PictureProtocol expected) {
    assertThat(PictureProtocol.of(Map.of(variable, value)).orElse(null)).isEqualTo(expected);
    // Inside of another terminal it is that one which counts.
    assertThat(PictureProtocol.of(Map.of(variable, value, "TMUX", "/tmp/tmux"))).isEmpty();
    assertThat(PictureProtocol.of(Map.of(variable, value, "STY", "1"))).isEmpty();
  }

  @Test
  void kittyGetsTheFileInPieces() throws IOException {
    byte[] png = noise(64, 64);
    Matcher piece =
        Pattern.compile("\u001b_G(a=T,f=100,q=2,)?m=([01]);([A-Za-z0-9+/=]{1,4096})\u001b\\\\")
            .matcher(written(PictureProtocol.KITTY, png));
    StringBuilder text = new StringBuilder();
    int end = 0;
    for (int number = 0; piece.find(); number++) {
      assertThat(piece.start()).isEqualTo(end);
      assertThat(piece.group(1) != null).isEqualTo(number == 0);
      end = piece.end();
      assertThat(piece.group(2)).isEqualTo(piece.hitEnd() || isLast(piece) ? "0" : "1");
      text.append(piece.group(3));
    }
    assertThat(text.length()).isGreaterThan(4096);
    assertThat(Base64.getDecoder().decode(text.toString())).isEqualTo(png);
  }

  private static boolean isLast(Matcher piece) {
    return piece.end() == piece.regionEnd();
  }

  @Test
  void itermGetsTheFileAtOnce() throws IOException {
    byte[] png = noise(20, 20);
    assertThat(written(PictureProtocol.ITERM, png))
        .isEqualTo(
            "\u001b]1337;File=inline=1;size=%d:%s\u0007"
                .formatted(png.length, Base64.getEncoder().encodeToString(png)));
  }

  /** Read back, every pixel is the nearest of the fixed shades on one side or the other. */
  @Test
  void sixelsAreThePicture() throws IOException {
    int width = 13;
    int height = 15; // two bands and a half
    byte[] png = noise(width, height);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int[][] read = SixelReader.read(written(PictureProtocol.SIXEL, png), width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int shift = 0; shift <= 16; shift += 8) {
          int level = image.getRGB(x, y) >> shift & 0xFF;
          assertThat(Math.abs((read[y][x] >> shift & 0xFF) - level))
              .as("%d, %d", x, y)
              .isLessThanOrEqualTo(53);
        }
      }
    }
  }

  /** From afar the shades are those of the picture: squares of 4 x 4 pixels have its mean. */
  @Test
  void sixelsKeepTheMeanColours() throws IOException {
    int side = 48;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, new Color(5 * x, 5 * y, (x + y) * 2).getRGB());
      }
    }
    int[][] read = SixelReader.read(Sixels.of(image), side, side);
    for (int shift = 0; shift <= 16; shift += 8) {
      for (int square = 0; square < side * side / 16; square++) {
        int left = square % (side / 4) * 4;
        int top = square / (side / 4) * 4;
        double difference = 0;
        for (int i = 0; i < 16; i++) {
          int x = left + i % 4;
          int y = top + i / 4;
          difference += (read[y][x] >> shift & 0xFF) - (image.getRGB(x, y) >> shift & 0xFF);
        }
        assertThat(difference / 16).as("%d, %d", left, top).isBetween(-12.0, 12.0);
      }
    }
  }

  @Test
  void oneColourIsCountedAndNotRepeated() {
    BufferedImage white = new BufferedImage(500, 6, BufferedImage.TYPE_INT_RGB);
    white.createGraphics().fillRect(0, 0, 500, 6);
    assertThat(Sixels.of(white)).endsWith("#251!500~$-\u001b\\");
  }
}
