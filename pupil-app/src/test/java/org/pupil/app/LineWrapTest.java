package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineWrapTest {
  @Test
  void linesBreakBetweenWords() {
    assertThat(LineWrap.lines("12 test photos are too few to tell", 20))
        .containsExactly("12 test photos are", "  too few to tell");
    assertThat(LineWrap.lines("exactly twenty signs", 20)).containsExactly("exactly twenty signs");
    assertThat(LineWrap.lines("", 20)).containsExactly("");
  }

  @Test
  void aLongPathStaysWhole() {
    String path = "/a/very/long/path/to/some-photo_of.a.bird.jpg";
    assertThat(LineWrap.lines("error: " + path + ": is not an image", 20))
        .containsExactly("error:", path + ":", "  is not an image");
    assertThat(LineWrap.lines(path, 20)).containsExactly(path);
  }

  @Test
  void whatStandsInAColumnGoesOnInIt() {
    assertThat(LineWrap.lines("  bird    1 of 5 right, 2 taken for mammal", 30))
        .containsExactly("  bird    1 of 5 right, 2", "          taken for mammal");
  }

  @Test
  void signsAreAsWideAsTheyAreShown() {
    assertThat(LineWrap.width("山羊")).isEqualTo(4);
    assertThat(LineWrap.width("A\u0308pfel")).isEqualTo(5);
    assertThat(LineWrap.width("\u001b[33mwarning:\u001b[0m x")).isEqualTo(10);
    assertThat(LineWrap.lines("山羊 山羊 山羊", 9)).containsExactly("山羊 山羊", "  山羊");
  }

  @Test
  void aTextKeepsItsLines() {
    assertThat(LineWrap.text("one two\n\nthree\n", 5)).isEqualTo("one\n  two\n\nthree\n");
    assertThat(LineWrap.text("x", 5)).isEqualTo("x");
  }

  @Test
  void whatAnOptionDoesGoesOnInItsColumn() {
    assertThat(LineWrap.lines("      --testing_percentage=N Share of the photos", 40))
        .containsExactly("      --testing_percentage=N Share of", " ".repeat(29) + "the photos");
    assertThat(
            LineWrap.lines(
                "      \u001b[33m--testing_percentage\u001b[0m=N Share of the photos", 40))
        .containsExactly(
            "      \u001b[33m--testing_percentage\u001b[0m=N Share of",
            " ".repeat(29) + "the photos");
    String indent = " ".repeat(29);
    assertThat(LineWrap.lines(indent + "or mobilenet_0.25_224", 40))
        .containsExactly(indent + "or", " ".repeat(22) + "mobilenet_0.25_224");
  }
}
