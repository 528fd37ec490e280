package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.explain.Change;
import org.pupil.explain.ChangedAnswer;
import org.pupil.explain.Explanation;
import org.pupil.explain.SimilarPhoto;
import org.pupil.labelling.LabelProbability;

class PlainExplanationsTest {
  private static final String CAT = "northern_hemisphere_animal_cat";
  private static final String DOG = "northern_hemisphere_animal_dog";

  private final TestTerminal terminal = TestTerminal.redirected();

  @Test
  void longLabelsThatBeginAlikeAreCutInTheMiddle() {
    Photo photo = new Photo(PhotoSource.bytes("rex.jpg", new byte[0]), "rex", 1);
    List<LabelProbability> answer =
        List.of(new LabelProbability(CAT, 0.75f), new LabelProbability(DOG, 0.25f));
    Explanation explanation =
        new Explanation(
            "photo.jpg",
            answer,
            Optional.empty(),
            Optional.empty(),
            List.of(new SimilarPhoto(photo, DOG, 0.5f, CAT)),
            List.of(new ChangedAnswer(Change.MIRRORED, answer)),
            List.of());
    new PlainExplanations(terminal.terminal(), false, Optional.empty())
        .print(explanation, Optional.empty());
    assertThat(terminal.out())
        .contains("  0.500  northern...nimal_dog  rex.jpg  (taken for northern...nimal_cat)\n")
        .contains("  mirrored  northern...nimal_cat 0.75, northern...nimal_dog 0.25\n");
  }
}
