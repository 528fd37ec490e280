package org.pupil.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.background.Progress;
import org.pupil.bottleneck.Precision;
import org.pupil.dataset.DatasetFolder;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.Photo;
import org.pupil.dataset.SplitRule;
import org.pupil.dataset.SplitSettings;
import org.pupil.engine.EngineName;
import org.pupil.errors.PupilException;
import org.pupil.evaluation.Interval;
import org.pupil.evaluation.Score;
import org.pupil.images.Distortions;
import org.pupil.run.OutputRequest;
import org.pupil.run.PaintedPhotos;
import org.pupil.run.RunListener;
import org.pupil.run.RunSettings;
import org.pupil.similarity.NearDuplicates;
import org.pupil.training.TrainingSettings;

/** Photos that are nearly the same must not tell a layer the answers of those that are held out. */
class CrossValidationAssessorTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-30T04:30:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;
  private final List<NearDuplicates> kept = new ArrayList<>();

  private final RunListener listener =
      new RunListener() {
        @Override
        public void keptTogether(NearDuplicates nearDuplicates) {
          kept.add(nearDuplicates);
        }
      };

  private PaintedPhotos painted() {
    return new PaintedPhotos(folder.resolve("photos"), 1);
  }

  private static byte[] jpeg(BufferedImage image, int width, int height, int quality) {
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return PaintedPhotos.encoded(scaled, "jpeg", quality);
  }

  /** A picture, and copies of it that are smaller and of another quality. */
  private static void addWithCopies(PaintedPhotos photos, String name, int copies) {
    BufferedImage image = photos.picture().size(180, 160).image();
    for (int i = 0; i <= copies; i++) {
      photos.add(
          name + "-" + i + ".jpg", jpeg(image, 180 - 9 * i % 60, 160 - 8 * i % 60, 90 - i % 20));
    }
  }

  private Assessment assess(boolean groupNearDuplicates) {
    RunSettings settings =
        new RunSettings(
            new DatasetFolder(folder.resolve("photos").toString(), LabelRule.FOLDER),
            false,
            new SplitSettings(SplitRule.STRATIFIED, 0, 0, 0, groupNearDuplicates),
            BackboneRequest.architecture("mobilenet_0.25_64", folder),
            DownloadAddresses.mirror(URI.create("http://127.0.0.1:9/")),
            RunSettings.DEFAULT_ALPHA,
            Precision.FLOAT32,
            EngineName.AUTO,
            folder.resolve("cache"),
            Distortions.NONE,
            TrainingSettings.DEFAULTS,
            OutputRequest.below(folder.resolve("out")),
            2,
            "0.1.0",
            Map.of());
    return new CrossValidationAssessor(settings, CLOCK, Map.of(), listener)
        .assess((done, all) -> {}, Progress.NONE);
  }

  @Test
  void whereLabelsAreChanceCopiesDoNotMakeThemRight() {
    PaintedPhotos photos = painted();
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      addWithCopies(photos, (random.nextBoolean() ? "a/" : "b/") + i, 2);
    }

    Assessment together = assess(true);

    assertThat(kept).hasSize(1);
    assertThat(kept.get(0).groups()).hasSize(40).allMatch(group -> group.size() == 3);
    Score accuracy = together.scores().accuracy();
    assertThat(accuracy.value()).isBetween(0.3, 0.7);
    Interval of40 = Interval.wilson((int) Math.round(40 * accuracy.value()), 40);
    assertThat(accuracy.high() - accuracy.low()).isCloseTo(of40.width(), within(0.02));
    assertThat(together.learningCurve().orElseThrow().now().value()).isLessThan(0.7);
    assertThat(together.photos()).hasSize(120);

    Assessment apart = assess(false);

    assertThat(kept).hasSize(1);
    assertThat(apart.scores().accuracy().low()).isGreaterThan(0.75);
  }

  @Test
  void aLabelThatIsOneSceneIsNotJudged() {
    PaintedPhotos photos = painted();
    for (int i = 0; i < 12; i++) {
      photos.add("a/" + i + ".jpg", photos.picture());
      photos.add("b/" + i + ".jpg", photos.picture());
    }
    addWithCopies(photos, "burst/scene", 14);

    Assessment assessment = assess(true);

    List<Assessment.NeverHeldOut> left = assessment.crossValidation().orElseThrow().neverHeldOut();
    assertThat(left).hasSize(1);
    assertThat(left.get(0).label()).isEqualTo("burst");
    assertThat(left.get(0).photos()).hasSize(15);
    assertThat(left.get(0).wholeLabel()).isTrue();
    assertThat(left.get(0).inWords())
        .isEqualTo("burst (its 15 photos belong together and count as one)");
    assertThat(assessment.photos()).hasSize(24).extracting(Photo::label).doesNotContain(2);
    assertThat(assessment.scores().labels().get(2).photos()).isZero();
    assertThat(assessment.scores().labels().get(2).recall().value()).isNaN();
  }

  @Test
  void aPhotoThatMustTeachAnotherLabelIsNotJudgedEither() {
    PaintedPhotos photos = painted();
    for (int i = 0; i < 6; i++) {
      photos.add("a/" + i + ".jpg", photos.picture());
      photos.add("b/" + i + ".jpg", photos.picture());
    }
    byte[] scene = photos.picture().bytes();
    photos.add("a/scene.jpg", scene).add("c/scene.jpg", scene);

    Assessment assessment = assess(true);

    assertThat(assessment.crossValidation().orElseThrow().neverHeldOut())
        .extracting(Assessment.NeverHeldOut::inWords)
        .containsExactly(
            "1 of the photos of a (without their group a label would have none to learn from)",
            "c (it has only one photo)");
  }

  @Test
  void labelsThatAreAllOneSceneCannotBeJudged() {
    addWithCopies(painted(), "a/scene", 5);
    addWithCopies(new PaintedPhotos(folder.resolve("photos"), 2), "b/scene", 5);

    assertThatThrownBy(() -> assess(true))
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("no label has two photos that do not belong together");
    assertThat(assess(false).photos()).hasSize(12);
  }
}
