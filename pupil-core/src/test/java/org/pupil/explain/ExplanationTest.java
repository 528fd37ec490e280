package org.pupil.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.labelling.LabelProbability;
import org.pupil.labelling.Trust;

class ExplanationTest {
  private static SimilarPhoto similar(String name, float similarity) {
    PhotoSource source = PhotoSource.bytes("photos/" + name, new byte[0]);
    String label = name.substring(0, name.indexOf('/'));
    return new SimilarPhoto(new Photo(source, name, 0), label, similarity, label);
  }

  private static String sentence(float cat, float dog, SimilarPhoto... similar) {
    return explanation(cat, dog, Optional.empty(), similar).sentence();
  }

  private static Explanation explanation(
      float cat, float dog, Optional<Trust> trust, SimilarPhoto... similar) {
    return new Explanation(
        "x.jpg",
        List.of(new LabelProbability("cat", cat), new LabelProbability("dog\u001b", dog)),
        trust,
        Optional.empty(),
        List.of(similar),
        List.of(),
        List.of());
  }

  /** What the model itself says comes before what anybody else would say. */
  @Test
  void whatIsUnlikeTheTrainingPhotosIsCalledSo() {
    Explanation unlike = explanation(0.6f, 0.4f, Optional.of(new Trust(0.2f, true, true)));
    assertThat(unlike.isUnlikeTraining()).isTrue();
    assertThat(unlike.sentence())
        .isEqualTo("cat 0.60, dog\\u001b 0.40: unlike anything it was trained on");
    Explanation decided = explanation(0.6f, 0.4f, Optional.of(new Trust(0.9f, false, false)));
    assertThat(decided.isUndecided()).isFalse();
    assertThat(decided.sentence()).isEqualTo("cat 0.60, dog\\u001b 0.40");
    Explanation unknown = explanation(0.6f, 0.4f, Optional.empty());
    assertThat(unknown.isUndecided()).isTrue();
    assertThat(unknown.isUnlikeTraining()).isFalse();
  }

  @Test
  void aSentenceSaysItAll() {
    assertThat(
            sentence(
                0.62f, 0.37f, similar("cat/a/cat.123.jpg", 0.9f), similar("dog/dog.7.jpg", 0.8f)))
        .isEqualTo(
            "cat 0.62, dog\\u001b 0.37: undecided; looks most like cat.123.jpg and dog.7.jpg");
  }

  @Test
  void filesOfOneNameAreToldApart() {
    assertThat(sentence(0.9f, 0.1f, similar("cat/1.jpg", 0.9f), similar("dog/1.jpg", 0.8f)))
        .isEqualTo("cat 0.90, dog\\u001b 0.10; looks most like cat/1.jpg and dog/1.jpg");
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(sentence(0.9999f, 0.0001f)).isEqualTo("cat >0.99");
  }

  @ParameterizedTest
  @CsvSource({"1, 1.00", "0.996, >0.99", "0.994, 0.99", "0.001, <0.01", "0, 0.00", "0.5, 0.50"})
  void whatIsNotCertainIsNotCalledSo(float probability, String text) {
    assertThat(Explanation.rounded(probability)).isEqualTo(text);
  }
}
