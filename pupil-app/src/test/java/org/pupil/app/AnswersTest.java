package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.pupil.dataset.PhotoSource;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.LabelledPhoto;
import org.pupil.labelling.Trust;

/** The three forms in which label_image answers. */
class AnswersTest {
  private static final LabelledPhoto TOM =
      labelled("tom.jpg", new LabelProbability("dog", 0.9991627f), small("cat", 0.0008373484f));
  private static final LabelledPhoto LETTER =
      new LabelledPhoto(
          source("letter.jpg"),
          List.of(),
          Optional.empty(),
          Optional.of("not an image, \"really\""));

  private static LabelledPhoto labelled(String name, LabelProbability... labels) {
    return new LabelledPhoto(source(name), List.of(labels), Optional.empty(), Optional.empty());
  }

  private static LabelProbability small(String label, float probability) {
    return new LabelProbability(label, probability);
  }

  private static PhotoSource source(String name) {
    return PhotoSource.of(name, () -> new byte[0]);
  }

  private static String printed(Function<Terminal, AnswerPrinter> form, LabelledPhoto... photos) {
    TestTerminal terminal = TestTerminal.redirected();
    try (AnswerPrinter printer = form.apply(terminal.terminal())) {
      for (LabelledPhoto photo : photos) {
        printer.print(photo);
      }
    }
    return terminal.out();
  }

  @Test
  void onePhotoIsALineForEachLabel() {
    assertThat(printed(terminal -> new PlainAnswers(terminal, 5, false), TOM))
        .isEqualTo("dog 0.9991627\ncat 0.0008373484\n");
    assertThat(printed(terminal -> new PlainAnswers(terminal, 1, false), TOM))
        .isEqualTo("dog 0.9991627\n");
  }

  @Test
  void manyPhotosAreBlocksWithoutThoseThatCannotBeRead() {
    assertThat(printed(terminal -> new PlainAnswers(terminal, 1, true), TOM, LETTER, TOM))
        .isEqualTo("tom.jpg\ndog 0.9991627\n\ntom.jpg\ndog 0.9991627\n\n");
  }

  @Test
  void aLineStaysALineWhateverALabelOrANameHolds() {
    LabelledPhoto hostile = labelled("a\nb\u001b[2J.jpg", small("cat 1.0\ndog\u202e", 0.5f));
    assertThat(printed(out -> new PlainAnswers(out, 5, true), hostile))
        .isEqualTo("a\\nb\\u001b[2J.jpg\ncat 1.0\\ndog\\u202e 0.5\n\n");
  }

  @Test
  void csvQuotesWhatNeedsIt() {
    assertThat(
            printed(
                terminal -> new CsvAnswers(terminal.data(), 2, false),
                TOM,
                LETTER,
                labelled("a,b\n.jpg", small("x \"y\"", 1), small("z", 1e-20f))))
        .isEqualTo(
            "image,error,label,probability,label_2,probability_2\r\n"
                + "tom.jpg,,dog,0.9991627,cat,0.0008373484\r\n"
                + "letter.jpg,\"not an image, \"\"really\"\"\"\r\n"
                + "\"a,b\n.jpg\",,\"x \"\"y\"\"\",1.0,z,0.00000000000000000001\r\n");
    assertThat(printed(terminal -> new CsvAnswers(terminal.data(), 1, false), TOM))
        .isEqualTo("image,error,label,probability\r\ntom.jpg,,dog,0.9991627\r\n");
  }

  @Test
  void jsonHasLabelsOrAnError() throws Exception {
    String text =
        printed(
            terminal -> new JsonAnswers(terminal.data(), 2),
            TOM,
            LETTER,
            labelled("ä\n.jpg", small("x", Float.NaN), small("y", 1e-20f), small("z", 0)));
    JsonNode all = new JsonMapper().readTree(text);
    assertThat(all.get(0).toString())
        .isEqualTo(
            """
            {"image":"tom.jpg","labels":[{"label":"dog","probability":0.9991627},\
            {"label":"cat","probability":8.373484E-4}]}""");
    assertThat(text).contains("\"probability\" : 0.0008373484").doesNotContain("E-");
    assertThat(all.get(1).toString())
        .isEqualTo("{\"image\":\"letter.jpg\",\"error\":\"not an image, \\\"really\\\"\"}");
    assertThat(all.get(2).get("image").asText()).isEqualTo("ä\n.jpg");
    assertThat(all.get(2).get("labels")).hasSize(2);
    assertThat(all.get(2).get("labels").get(0).get("probability").isNull()).isTrue();
    assertThat(text).endsWith("]\n");
  }

  private static LabelledPhoto trusted(Trust trust) {
    return new LabelledPhoto(TOM.source(), TOM.labels(), Optional.of(trust), Optional.empty());
  }

  @Test
  void csvSaysAtItsEndHowFarAnAnswerCanBeTrusted() {
    assertThat(
            printed(
                terminal -> new CsvAnswers(terminal.data(), 1, true),
                trusted(new Trust(0.83f, false, true)),
                LETTER))
        .isEqualTo(
            "image,error,label,probability,familiarity,unlike_training,undecided\r\n"
                + "tom.jpg,,dog,0.9991627,0.83,false,true\r\n"
                + "letter.jpg,\"not an image, \"\"really\"\"\",,,,,\r\n");
  }

  @Test
  void jsonSaysHowFarAnAnswerCanBeTrustedWhereTheModelKnows() throws Exception {
    JsonNode all =
        new JsonMapper()
            .readTree(
                printed(
                    terminal -> new JsonAnswers(terminal.data(), 1),
                    trusted(new Trust(0.83f, true, false)),
                    trusted(new Trust(Float.NaN, true, false)),
                    TOM));
    assertThat(all.get(0).toString())
        .endsWith("],\"familiarity\":0.83,\"unlike_training\":true,\"undecided\":false}");
    assertThat(all.get(1).get("familiarity").isNull()).isTrue();
    assertThat(all.get(2).has("familiarity")).isFalse();
  }

  @Test
  void beforeTheFirstAnswerNothingIsPrinted() {
    assertThat(printed(terminal -> new JsonAnswers(terminal.data(), 2))).isEmpty();
    assertThat(printed(terminal -> new CsvAnswers(terminal.data(), 2, false))).isEmpty();
    assertThat(printed(terminal -> new PlainAnswers(terminal, 2, true))).isEmpty();
  }

  private static final LabelledPhoto MANY =
      labelled(
          "many.jpg",
          new LabelProbability("bird", 0.9980913f),
          small("mammal", 0.0015368125f),
          small("山羊", 0.00029027817f));

  private static String seen(TestTerminal terminal, LabelledPhoto photo) {
    try (AnswerPrinter printer = new PlainAnswers(terminal.terminal(), 5, false)) {
      printer.print(photo);
    }
    return terminal.out();
  }

  @Test
  void atATerminalAPercentageAndABarStandBesideTheUnchangedNumber() {
    assertThat(seen(TestTerminal.wide(80), MANY))
        .isEqualTo(
            """
            bird 0.9980913         99.8 %   ████████████████████
            mammal 0.0015368125     0.2 %
            山羊 0.00029027817     <0.1 %
            """);
    LabelledPhoto half = labelled("half.jpg", small("cat", 0.999999f), small("dog", 0.45f));
    assertThat(seen(TestTerminal.ascii(80), half))
        .isEqualTo(
            """
            cat 0.999999   >99.9 %   ####################
            dog 0.45        45.0 %   #########
            """);
  }

  @Test
  void whereThereIsNoRoomTheBarGivesWayFirst() {
    LabelledPhoto photo = labelled("x.jpg", small("a label", 0.5f));
    assertThat(seen(TestTerminal.wide(29), photo)).isEqualTo("a label 0.5    50.0 %   ██▌\n");
    assertThat(seen(TestTerminal.wide(23), photo)).isEqualTo("a label 0.5    50.0 %\n");
    assertThat(seen(TestTerminal.wide(20), photo)).isEqualTo("a label 0.5\n");
  }
}
