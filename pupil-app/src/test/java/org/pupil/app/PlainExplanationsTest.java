package org.pupil.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoSource;
import org.pupil.explain.Change;
import org.pupil.explain.ChangedAnswer;
import org.pupil.explain.Explanation;
import org.pupil.explain.LayerPictures;
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
        .print(explanation, WrittenPictures.NONE);
    assertThat(terminal.out())
        .contains("  0.500  northern...nimal_dog  rex.jpg  (taken for northern...nimal_cat)\n")
        .contains("  mirrored  northern...nimal_cat 0.75, northern...nimal_dog 0.25\n");
  }

  @Test
  void layersStandInATable() {
    List<LabelProbability> answer = List.of(new LabelProbability(CAT, 1));
    Explanation explanation =
        new Explanation(
            "photo.jpg",
            answer,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(new ChangedAnswer(Change.GREY, answer)),
            List.of());
    LayerPictures pictures =
        new LayerPictures(
            Optional.empty(),
            new byte[0],
            new byte[0],
            Change.GREY,
            List.of(
                new LayerPictures.Layer(1, "edges", 64, 64, 8, 0.98765),
                new LayerPictures.Layer(27, "things", 4, 4, 256, 0.5)),
            0.875,
            27);
    WrittenPictures.Layers written =
        new WrittenPictures.Layers(
            pictures, Optional.empty(), Path.of("a-layers.png"), Path.of("a-layers-grey.png"));
    new PlainExplanations(terminal.terminal(), false, Optional.empty())
        .print(explanation, new WrittenPictures(Optional.empty(), Optional.of(written)));
    assertThat(terminal.out())
        .endsWith(
            """

            The maps of some layers, and how alike they are if the photo were without colour (1.000 = identical):
              layer  1 of 27  edges   64 x 64 x 8  0.988
              layer 27 of 27  things  4 x 4 x 256  0.500
            The 256 means of the last maps: 0.875

            Maps of the photo: a-layers.png
            Maps of the photo, without colour: a-layers-grey.png
            """);
  }
}
