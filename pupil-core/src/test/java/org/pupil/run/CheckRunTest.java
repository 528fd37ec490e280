package org.pupil.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.SharedFolder;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.bottleneck.Precision;
import org.pupil.check.CheckResult;
import org.pupil.check.Cue;
import org.pupil.check.Finding;
import org.pupil.check.Finding.Kind;
import org.pupil.check.PhotoCheck;
import org.pupil.dataset.DatasetFolder;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.SplitSettings;
import org.pupil.engine.EngineName;
import org.pupil.errors.PupilException;
import org.pupil.images.Distortions;
import org.pupil.training.TrainingSettings;

/** Faults that are planted among photos, and what a check says of them. */
class CheckRunTest {
  private static final int PHOTOS = 60;

  @TempDir Path folder;

  private CheckResult check(Path photos, String architecture) {
    return check(photos, architecture, PhotoCheck.Listener.NONE);
  }

  private CheckResult check(Path photos, String architecture, PhotoCheck.Listener stages) {
    RunSettings settings =
        new RunSettings(
            new DatasetFolder(photos.toString(), LabelRule.FOLDER),
            false,
            SplitSettings.DEFAULT,
            BackboneRequest.architecture(architecture, folder),
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
    return new CheckRun(
            settings, Clock.fixed(TestRun.NOW, ZoneOffset.UTC), Map.of(), RunListener.NONE)
        .run(stages);
  }

  private CheckResult check() {
    return check(folder.resolve("photos"), "mobilenet_0.25_64");
  }

  private PaintedPhotos painted() {
    return new PaintedPhotos(folder.resolve("photos"), 1);
  }

  /** Two labels; the pictures of the second are changed. */
  private PaintedPhotos twoLabels(
      int photos, BiConsumer<Integer, PaintedPhotos.Picture> secondLabel) {
    PaintedPhotos painted = painted();
    for (int i = 0; i < photos; i++) {
      painted.add("a/" + i + ".jpg", painted.picture());
      PaintedPhotos.Picture other = painted.picture();
      secondLabel.accept(i, other);
      painted.add("b/" + i + (other.png ? ".png" : ".jpg"), other);
    }
    return painted;
  }

  private static Set<Cue> cues(CheckResult report) {
    return report.of(Kind.SHORTCUT).stream()
        .map(finding -> ((Finding.Detail.Shortcut) finding.detail()).cue())
        .collect(Collectors.toSet());
  }

  private List<String> photos(CheckResult report, Kind kind) {
    return report.of(kind).stream()
        .map(
            finding ->
                finding.photos().stream()
                    .map(photo -> folder.resolve("photos").relativize(Path.of(photo.name())))
                    .map(Path::toString)
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  @Test
  void picturesThatDifferInNothingGiveNoFalseAlarm() {
    twoLabels(PHOTOS, (i, picture) -> {});

    CheckResult report = check();

    assertThat(report.of(Kind.SHORTCUT)).isEmpty();
    assertThat(report.photos()).isEqualTo(2 * PHOTOS);
  }

  /** One label differs in one thing. */
  enum Planted {
    FILE_FORMAT {
      @Override
      void in(PaintedPhotos.Picture picture) {
        picture.png = true;
      }
    },
    BORDER_COLOUR {
      @Override
      void in(PaintedPhotos.Picture picture) {
        picture.border = 10;
      }
    },
    JPEG_QUALITY {
      @Override
      void in(PaintedPhotos.Picture picture) {
        picture.quality = 40;
      }
    },
    IMAGE_SIZE {
      @Override
      void in(PaintedPhotos.Picture picture) {
        picture.size(picture.width * 2, picture.height * 2);
      }
    },
    SHAPE {
      @Override
      void in(PaintedPhotos.Picture picture) {
        picture.size(200, 100);
      }
    },
    BRIGHTNESS {
      @Override
      void in(PaintedPhotos.Picture picture) {
        picture.light = 0.35f;
      }
    },
    CAMERA {
      @Override
      void in(PaintedPhotos.Picture picture) {
        picture.camera = "Maker X1";
      }
    },
    DATE {
      @Override
      void in(PaintedPhotos.Picture picture) {
        picture.day = "2019:07:21";
      }
    };

    abstract void in(PaintedPhotos.Picture picture);
  }

  @ParameterizedTest
  @EnumSource(Planted.class)
  void aShortcutIsHeardWithItsInterval(Planted planted) {
    twoLabels(PHOTOS, (i, picture) -> planted.in(picture));

    CheckResult report = check();

    assertThat(cues(report)).contains(Cue.valueOf(planted.name()));
    assertThat(report.isSerious()).isTrue();
    for (Finding finding : report.of(Kind.SHORTCUT)) {
      Finding.Detail.Shortcut shortcut = (Finding.Detail.Shortcut) finding.detail();
      assertThat(shortcut.low()).isBetween(0.7, shortcut.accuracy());
      assertThat(shortcut.high()).isBetween(shortcut.accuracy(), 1.0);
      assertThat(shortcut.chance()).isEqualTo(0.5);
    }
  }

  @Test
  void camerasDaysAndBrightnessThatBothLabelsShareAreNoShortcuts() {
    Random random = new Random(2);
    PaintedPhotos painted = painted();
    for (int i = 0; i < 2 * PHOTOS; i++) {
      PaintedPhotos.Picture picture = painted.picture();
      picture.camera = "Maker X" + random.nextInt(3);
      picture.day = "2019:07:2" + random.nextInt(4);
      picture.light = random.nextBoolean() ? 1 : 0.35f;
      painted.add((i % 2 == 0 ? "a/" : "b/") + i + ".jpg", picture);
    }

    assertThat(cues(check())).isEmpty();
  }

  @Test
  void aShortcutInHalfOfALabelsPhotosIsHeardToo() {
    twoLabels(3 * PHOTOS, (i, picture) -> picture.png = i % 4 != 0);

    assertThat(cues(check())).contains(Cue.FILE_FORMAT);
  }

  @Test
  void filesThatCannotBeUsedAreListedOneByOne() throws IOException {
    PaintedPhotos painted = twoLabels(20, (i, picture) -> {});
    byte[] whole = painted.picture().bytes();
    painted
        .add("a/half.jpg", Arrays.copyOf(whole, whole.length / 2))
        .add("a/text.jpg", "no photo".getBytes(UTF_8))
        .add("b/nothing.jpg", new byte[0])
        .add("b/nothing2.jpg", new byte[0])
        .add("b/camera.nef", "raw".getBytes(UTF_8))
        .add("b/notes.txt", "notes".getBytes(UTF_8));

    CheckResult report = check();

    assertThat(photos(report, Kind.TRUNCATED)).containsExactly("a/half.jpg");
    assertThat(photos(report, Kind.UNREADABLE)).containsExactly("a/text.jpg", "b/camera.nef");
    assertThat(photos(report, Kind.EMPTY)).containsExactly("b/nothing.jpg", "b/nothing2.jpg");
    assertThat(report.isSerious()).isTrue();
    assertThat(report.of(Kind.EMPTY).get(0).label()).contains("b");
  }

  @Test
  void photosInWhichThereIsLittleToSeeAreListed() {
    PaintedPhotos painted = twoLabels(20, (i, picture) -> {});
    PaintedPhotos.Picture blank = painted.picture();
    blank.border = 200;
    painted
        .add("a/blank.jpg", blank)
        .add("a/long.jpg", painted.picture().size(500, 100))
        .add("b/tiny.jpg", painted.picture().size(20, 25))
        .add("b/really-a-jpeg.png", painted.picture());

    CheckResult report = check();

    assertThat(photos(report, Kind.BLANK)).containsExactly("a/blank.jpg");
    assertThat(photos(report, Kind.EXTREME_SHAPE)).containsExactly("a/long.jpg");
    assertThat(photos(report, Kind.TINY)).containsExactly("b/tiny.jpg");
    assertThat(photos(report, Kind.WRONG_EXTENSION)).containsExactly("b/really-a-jpeg.png");
    assertThat(report.isSerious()).isFalse();
  }

  /**
   * Unusual files are read as what they are: the owl is one photo in 12 bits, in floats, and turned
   * by either order of EXIF's bytes, and a lossy WebP is its PNG.
   */
  @Test
  void unusualFilesAreReadAsThePhotosThatTheyAre() throws IOException {
    Path cases = SharedFolder.get("data/cases");
    PaintedPhotos painted = painted();
    for (String kind : List.of("tiff", "exif", "webp")) {
      try (Stream<Path> files = Files.list(cases.resolve(kind))) {
        for (Path file : files.toList()) {
          painted.add("a/" + file.getFileName(), Files.readAllBytes(file));
        }
      }
    }
    for (int i = 0; i < 25; i++) {
      painted.add("b/" + i + ".jpg", painted.picture());
    }

    CheckResult report = check(folder.resolve("photos"), "mobilenet_0.25_224");

    assertThat(report.findings())
        .extracting(Finding::kind)
        .containsOnly(Kind.FEW_PHOTOS, Kind.NEAR_DUPLICATE, Kind.SPLIT_LEAK);
    assertThat(photos(report, Kind.NEAR_DUPLICATE))
        .containsExactlyInAnyOrder(
            "a/float32_0to1.tif a/grey12.tif a/phone_II.webp a/phone_MM_as_Pillow_writes.webp",
            "a/rose_q75.png a/rose_q75.webp",
            "a/vulture_q80.png a/vulture_q80.webp");
  }

  /** Nobody reads a thousand of each, and nothing takes a thousand times as long. */
  @Test
  void aThousandLabelsAreChecked() {
    PaintedPhotos painted = painted();
    for (int i = 0; i < 2000; i++) {
      painted.add("label " + i % 1000 + "/" + i + ".jpg", painted.picture().size(40, 40));
    }

    CheckResult report = check();

    assertThat(report.dataset().labels().size()).isEqualTo(1000);
    assertThat(report.of(Kind.FEW_PHOTOS)).hasSize(1000);
    assertThat(report.of(Kind.SUSPECT_LABEL)).isEmpty();
  }

  @Test
  void copiesAreListedOnceUnderOneLabelAndAsSeriousUnderTwo() {
    PaintedPhotos painted = twoLabels(20, (i, picture) -> {});
    byte[] twice = painted.picture().bytes();
    byte[] underTwo = painted.picture().bytes();
    painted
        .add("a/copy1.jpg", twice)
        .add("a/copy2.jpg", twice)
        .add("a/both.jpg", underTwo)
        .add("b/both.jpg", underTwo);

    CheckResult report = check();

    assertThat(photos(report, Kind.EXACT_DUPLICATE)).containsExactly("a/copy1.jpg a/copy2.jpg");
    assertThat(photos(report, Kind.TWO_LABELS)).containsExactly("a/both.jpg b/both.jpg");
    assertThat(report.of(Kind.TWO_LABELS).get(0).isSerious()).isTrue();
    assertThat(report.of(Kind.TWO_LABELS).get(0).label()).isEmpty();
    assertThat(report.of(Kind.TWO_LABELS).get(0).message()).contains("a and b");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void aFewPhotosALabelAreSaidToBeFewAndNothingElseIsClaimed(int photos) {
    twoLabels(photos, (i, picture) -> picture.png = true);

    CheckResult report = check();

    assertThat(report.findings()).extracting(Finding::kind).containsOnly(Kind.FEW_PHOTOS);
    assertThat(report.of(Kind.FEW_PHOTOS)).hasSize(2).allMatch(Finding::isSerious);
  }

  @Test
  void aLabelOfFarFewerPhotosIsListedAndAnEmptyFolderToo() throws IOException {
    PaintedPhotos painted = painted();
    for (int i = 0; i < 120; i++) {
      painted.add((i < 22 ? "a/" : "b/") + i + ".jpg", painted.picture().size(64, 64));
    }
    for (int i = 0; i < 10; i++) {
      painted.add("c/" + i + ".jpg", painted.picture().size(64, 64));
    }
    Files.createDirectories(folder.resolve("photos/empty"));

    CheckResult report = check();

    assertThat(report.of(Kind.IMBALANCE))
        .extracting(Finding::label)
        .containsExactly(Optional.of("c"));
    assertThat(report.of(Kind.FEW_PHOTOS))
        .extracting(Finding::label)
        .containsExactly(Optional.of("empty"), Optional.of("c"));
  }

  @Test
  void oneLabelIsRefusedWithTheReason() {
    PaintedPhotos painted = painted();
    painted.add("a/1.jpg", painted.picture());

    assertThatThrownBy(this::check)
        .isInstanceOf(PupilException.class)
        .hasMessageContaining("only one label, 'a'");
  }

  @Test
  void noReadablePhotoAtAllIsAFinding() {
    byte[] noPhoto = {1, 2, 3};
    painted().add("a/1.jpg", noPhoto).add("a/2.jpg", noPhoto).add("b/1.jpg", noPhoto);

    CheckResult report = check();

    assertThat(photos(report, Kind.UNREADABLE)).containsExactly("a/1.jpg", "a/2.jpg", "b/1.jpg");
    assertThat(report.of(Kind.FEW_PHOTOS)).hasSize(2);
    assertThat(report.isSerious()).isTrue();
  }

  @Test
  void labelsMayBeCalledAnything() {
    PaintedPhotos painted = painted();
    String script = "<script>alert(1)</script>".replace('/', '\u2215');
    String hebrew = "\u05db\u05dc\u05d1 \u202eabc";
    byte[] both = painted.picture().bytes();
    painted.add(script + "/1.jpg", both).add(hebrew + "/1.jpg", both);

    assertThat(check().of(Kind.TWO_LABELS).get(0).message())
        .contains(script)
        .contains(hebrew); // as they are: who prints or shows them escapes them
  }

  @Test
  void theFindingsAreTheSameWithTheCacheWarmAndInTheOrderOfTheirHarm() {
    PaintedPhotos painted = twoLabels(PHOTOS, (i, picture) -> picture.png = true);
    byte[] twice = painted.picture().bytes();
    painted.add("a/copy1.jpg", twice).add("a/copy2.jpg", twice).add("a/0bad.jpg", new byte[5]);

    CheckResult cold = check();
    CheckResult warm = check();

    assertThat(warm.findings()).isEqualTo(cold.findings());
    assertThat(cold.findings().get(0).kind()).isEqualTo(Kind.SHORTCUT);
    List<Finding> serious = cold.findings().stream().filter(Finding::isSerious).toList();
    assertThat(cold.findings().subList(0, serious.size())).isEqualTo(serious);
  }

  @Test
  void everyStageBeginsWithNothingAndEndsWithAllOfIt() {
    twoLabels(20, (i, picture) -> {});
    Map<PhotoCheck.Stage, List<Long>> heard = Collections.synchronizedMap(new LinkedHashMap<>());
    Map<PhotoCheck.Stage, Long> ends = new ConcurrentHashMap<>();

    check(
        folder.resolve("photos"),
        "mobilenet_0.25_64",
        (stage, done, all) -> {
          heard
              .computeIfAbsent(stage, first -> Collections.synchronizedList(new ArrayList<>()))
              .add(done);
          ends.put(stage, all);
        });

    assertThat(heard.keySet()).containsExactly(PhotoCheck.Stage.values());
    heard.forEach(
        (stage, done) -> {
          assertThat(done.get(0)).as(stage.name()).isZero();
          assertThat(Collections.max(done)).as(stage.name()).isEqualTo(ends.get(stage));
        });
    assertThat(ends)
        .containsEntry(PhotoCheck.Stage.FILES, 40L)
        .containsEntry(PhotoCheck.Stage.COPIES, 40L * 39 / 2);
  }

  @Test
  void whatAListenerThrowsEndsTheCheck() {
    twoLabels(20, (i, picture) -> {});
    IllegalStateException enough = new IllegalStateException("enough");
    for (PhotoCheck.Stage last : PhotoCheck.Stage.values()) {
      assertThatThrownBy(
              () ->
                  check(
                      folder.resolve("photos"),
                      "mobilenet_0.25_64",
                      (stage, done, all) -> {
                        if (stage == last) {
                          throw enough;
                        }
                      }))
          .as(last.name())
          .isSameAs(enough);
    }
  }

  /** Of 16 photos with wrong labels, four fifths are to be among the first 16 of the list. */
  @ParameterizedTest
  @CsvSource({"mobilenet_0.25_224, 10, 45", "efficientnet_lite0_288, 13, 24"})
  void wrongLabelsAmongCatsAndDogsAreFound(String architecture, int least, int most)
      throws IOException {
    Path source = SharedFolder.get("data/cats-dogs");
    Set<String> wrong = new HashSet<>();
    for (String label : List.of("cat", "dog")) {
      List<Path> files;
      try (Stream<Path> all = Files.list(source.resolve(label))) {
        files = new ArrayList<>(all.sorted().toList());
      }
      Collections.shuffle(files, new Random(5));
      for (int i = 0; i < 150; i++) {
        boolean isWrong = i % 20 == 0;
        String given = isWrong == label.equals("cat") ? "dog" : "cat";
        String name = given + "/" + label + i + ".jpg";
        new PaintedPhotos(folder.resolve("photos"), 0).add(name, Files.readAllBytes(files.get(i)));
        if (isWrong) {
          wrong.add(name);
        }
      }
    }

    CheckResult report = check(folder.resolve("photos"), architecture);

    List<String> listed = photos(report, Kind.SUSPECT_LABEL);
    long found = listed.stream().limit(wrong.size()).filter(wrong::contains).count();
    assertThat(wrong).hasSize(16);
    assertThat(found).isGreaterThanOrEqualTo(least);
    assertThat(listed.size()).isBetween(least, most);
    assertThat(report.of(Kind.SUSPECT_LABEL)).allMatch(Finding::isSerious);
    assertThat(report.of(Kind.SHORTCUT)).isEmpty();
    Finding first = report.of(Kind.SUSPECT_LABEL).get(0);
    Finding.Detail.Suspect suspect = (Finding.Detail.Suspect) first.detail();
    assertThat(suspect.score()).isNegative();
    assertThat(first.label()).isNotEqualTo(Optional.of(suspect.suggested()));
  }
}
