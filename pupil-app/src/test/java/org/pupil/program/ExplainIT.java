package org.pupil.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a photo is labelled as it is. */
class ExplainIT {
  private static final TaughtModel TAUGHT = TaughtModel.BIRDS_AND_FRUIT;

  @TempDir private Path folder;

  private PupilRun explain(Object... flags) {
    Object[] all = new Object[flags.length + 2];
    all[0] = "explain";
    all[1] = "--graph=" + TAUGHT.graph();
    System.arraycopy(flags, 0, all, 2, flags.length);
    return PupilProgram.in(folder).run(all);
  }

  private String withPhotos() {
    return "--image_dir=" + TAUGHT.photos();
  }

  private String withBottlenecks() {
    return "--bottleneck_dir=" + TAUGHT.bottlenecks();
  }

  @Test
  void aPhotoIsExplainedInAFewLines() throws IOException {
    PupilRun run = explain(Photos.duck(), withPhotos(), withBottlenecks()).succeeded();

    run.outContains(
        "; looks most like ",
        "The most similar training photos (1.000 = identical):",
        "If the photo were:",
        "  mirrored               ",
        "changes leave the answer as it is.",
        "Heat map: duck-explained.png");
    run.errIsEmpty();
    assertThat(run.outLines().get(0)).startsWith("bird ");
    assertThat(run.out()).doesNotContain("\u001b");
    BufferedImage picture = ImageIO.read(folder.resolve("duck-explained.png").toFile());
    assertThat(picture.getWidth()).isGreaterThan(500);
    // Where the model was trained it knows by itself where its photos are.
    PupilProgram.in(TAUGHT.folder())
        .run("explain", Photos.duck(), "--heat_map=" + folder.resolve("other.png"))
        .succeeded()
        .outContains("; looks most like ");
  }

  @Test
  void programsGetJson() throws IOException {
    TestFiles.write(folder.resolve("letter.jpg"), "Dear Sir");
    PupilRun run =
        explain(
            "--json",
            "--layers",
            "--change=grey",
            "--output_dir=pictures",
            Photos.duck(),
            folder.resolve("letter.jpg"),
            withPhotos(),
            withBottlenecks());

    run.exitedWith(3).endsWithError("letter.jpg: not an image");
    JsonNode all = JsonMapper.builder().build().readTree(run.out());
    assertThat(all).hasSize(2);
    JsonNode duck = all.get(0);
    assertThat(duck.get("image").asText()).endsWith("duck.jpg");
    assertThat(duck.get("labels")).hasSize(2);
    assertThat(duck.get("labels").get(0).get("label").asText()).isEqualTo("bird");
    assertThat(duck.get("undecided").isBoolean()).isTrue();
    JsonNode labelled =
        JsonMapper.builder()
            .build()
            .readTree(
                PupilProgram.in(folder)
                    .run("label_image", "--json", "--graph=" + TAUGHT.graph(), Photos.duck())
                    .succeeded()
                    .out());
    for (String field : List.of("unlike_training", "undecided")) {
      assertThat(duck.get(field)).isEqualTo(labelled.get(0).get(field));
    }
    assertThat(duck.get("familiarity").asDouble())
        .isCloseTo(labelled.get(0).get("familiarity").asDouble(), within(1e-5));
    assertThat(duck.get("heat_map").get("file").asText())
        .isEqualTo(Path.of("pictures/duck-explained.png").toString());
    JsonNode layers = duck.get("layers");
    for (String file : List.of("filters", "maps", "changed")) {
      assertThat(ImageIO.read(folder.resolve(layers.get(file).asText()).toFile()).getWidth())
          .isGreaterThan(1000);
    }
    assertThat(layers.get("changed").asText()).endsWith("duck-layers-grey.png");
    assertThat(layers.get("shown")).hasSize(6);
    assertThat(layers.get("shown").get(0).get("similarity").asDouble()).isBetween(0.5, 1.0);
    JsonNode map = duck.get("heat_map").get("maps").get(0);
    double sum = map.get("bias").asDouble();
    for (JsonNode row : map.get("evidence")) {
      for (JsonNode value : row) {
        sum += value.asDouble();
      }
    }
    double bird = duck.get("labels").get(0).get("probability").asDouble();
    double fruit = duck.get("labels").get(1).get("probability").asDouble();
    assertThat(sum).isCloseTo(Math.log(bird / fruit), within(1e-2));
    assertThat(duck.get("similar").get(0).get("similarity").isNumber()).isTrue();
    assertThat(duck.get("similar").get(0).has("answered")).isTrue();
    assertThat(duck.get("changes")).hasSize(5);
    assertThat(duck.get("changes").get(0).get("change").asText()).isEqualTo("mirrored");
    assertThat(duck.get("missing")).isEmpty();
    assertThat(all.get(1).get("error").asText()).contains("not an image");
  }

  private static BufferedImage noise(int side) {
    BufferedImage noise = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < side * side; i++) {
      noise.setRGB(i % side, i / side, random.nextInt(1 << 24));
    }
    return noise;
  }

  /** The model knows birds and fruit. */
  @Test
  void aPhotoUnlikeTheTrainingPhotosIsCalledSo() throws IOException {
    Path photo = folder.resolve("noise.png");
    ImageIO.write(noise(224), "png", photo.toFile());
    explain(photo, "--similar=0", "--threads=1")
        .succeeded()
        .outContains(": unlike anything it was trained on");
    explain(Photos.duck(), "--threads=0").failedWith(2, "--threads must be at least 1").inOneLine();
  }

  @Test
  void whatIsNotThereIsSaidAndTheRestIsDone() {
    explain(Photos.duck())
        .succeeded()
        .errContains("warning: no similar photos: ", "--image_dir")
        .outContains("If the photo were:", "Heat map: ");
  }

  /** Of many photos only some are shown in full, and nothing of the others is kept. */
  @Test
  void aReportOfManyPhotosIsSmallAndSoIsTheMemoryForIt() throws IOException {
    Path many = Files.createDirectories(folder.resolve("many"));
    for (int i = 10; i < 70; i++) {
      ImageIO.write(noise(400), "jpg", many.resolve(i + ".jpg").toFile());
    }
    Files.write(many.resolve("letter.jpg"), "Dear Sir".getBytes(UTF_8));
    PupilProgram.in(folder)
        .with("JAVA_TOOL_OPTIONS", "-Xmx64m")
        .run("explain", "--graph=" + TAUGHT.graph(), "--similar=0", "--report=r.html", many)
        .exitedWith(3)
        .errContains("Report: r.html");
    Path report = folder.resolve("r.html");
    assertThat(Files.size(report)).isBetween(1_500_000L, 5_000_000L);
    assertThat(Files.readString(report))
        .contains("20 of 61 photos are shown in full", "not an image", "many/29.jpg")
        .doesNotContain("image/png");
  }

  /** Photos that a person names are worth computing; where a model points, nothing is. */
  @Test
  void bottlenecksThatAreMissingAreComputedWhereAPersonSaysSo() {
    explain(Photos.duck(), withPhotos(), "--bottleneck_dir=mine")
        .succeeded()
        .errContains(
            "Looking for similar photos among ",
            " training photos (0 of them have a bottleneck in the cache)")
        .outContains("; looks most like ");
    explain(Photos.duck(), withPhotos(), "--bottleneck_dir=mine")
        .succeeded()
        .outContains("; looks most like ")
        .errIsEmpty();
    PupilProgram.in(TAUGHT.folder())
        .run(
            "explain",
            Photos.duck(),
            "--bottleneck_dir=" + folder.resolve("other"),
            "--heat_map=" + folder.resolve("other.png"))
        .succeeded()
        .errContains("no similar photos");
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void whatIsMissingForAllPhotosIsToldOnce() {
    PupilRun run = explain(Photos.duck(), Photos.duck(), "--bottleneck_dir=" + folder).succeeded();
    assertThat(run.err().split("no similar photos", -1)).hasSize(2);
  }

  /** Nobody asks a terminal what it can: who names a way gets it wherever the output goes. */
  @Test
  void aPictureIsShownWhereThePersonSaysHow() throws IOException {
    PupilRun kitty = explain(Photos.duck(), "--similar=0", "--show=kitty").succeeded();
    byte[] png = Files.readAllBytes(folder.resolve("duck-explained.png"));
    Matcher pieces = Pattern.compile("\u001b_G[^;]*;([^\u001b]*)\u001b").matcher(kitty.out());
    String text = pieces.results().map(piece -> piece.group(1)).collect(Collectors.joining());
    assertThat(Base64.getDecoder().decode(text)).isEqualTo(png);
    explain(Photos.duck(), "--similar=0", "--show=iterm")
        .succeeded()
        .outContains(
            "\u001b]1337;File=inline=1;size=%d:%s\u0007"
                .formatted(png.length, Base64.getEncoder().encodeToString(png)));
    BufferedImage picture = ImageIO.read(folder.resolve("duck-explained.png").toFile());
    explain(Photos.duck(), "--similar=0", "--show=sixel")
        .succeeded()
        .outContains("\u001bP0;1;0q\"1;1;" + picture.getWidth() + ";" + picture.getHeight() + "#");
    explain(Photos.duck(), "--show=kitty", "--json").failedWith(2, "--show").inOneLine();
  }

  /** Without a word from a person, in a terminal that is known to draw pictures. */
  @Test
  void aTerminalThatShowsPicturesShowsTheHeatMap() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no script(1) here");
    String command =
        "pupil explain --similar=0 --graph=%s %s".formatted(TAUGHT.graph(), Photos.duck());
    PupilProgram pupil = PupilProgram.in(folder);
    pupil.startTyping("TERM=foot " + command).end().exitedWith(0).outContains("\u001bP0;1;0q");
    pupil
        .startTyping("TERM=xterm-kitty " + command)
        .end()
        .exitedWith(0)
        .outContains("\u001b_Ga=T,f=100,q=2,");
    PupilRun unknown = pupil.startTyping(command).end().exitedWith(0);
    assertThat(unknown.out()).contains("Heat map: ").doesNotContain("\u001bP", "\u001b_G");
  }

  @Test
  void aPhotoWithALongNameHasAHeatMapToo() throws IOException {
    Path photo = Files.write(folder.resolve("é".repeat(125) + ".jpg"), Photos.duckBytes());
    explain(photo, "--similar=0").succeeded().outContains("é-explained.png");
    assertThat(folder.resolve("é".repeat(100) + "-explained.png")).isNotEmptyFile();
  }

  @Test
  void aFileThatIsNoHeatMapIsNeverReplaced() throws IOException {
    Path precious = TestFiles.write(folder.resolve("duck-explained.png"), "precious");
    explain(Photos.duck(), "--similar=0").succeeded().outContains("Heat map: duck-explained-2.png");
    explain(Photos.duck(), "--similar=0", "--heat_map=duck-explained.png")
        .failedWith(2, "is no heat map");
    assertThat(precious).hasContent("precious");
    explain(Photos.duck(), "--similar=0", "--heat_map=new.png").succeeded();
    byte[] first = Files.readAllBytes(folder.resolve("new.png"));
    explain(Photos.duck(), "--similar=0", "--heat_map=new.png").succeeded();
    assertThat(folder.resolve("new.png")).hasBinaryContent(first);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void mistakesAreOneLineEach() {
    Path duck = Photos.duck();
    explain().failedWith(2, "no photo is given", "explain --image some.jpg").inOneLine();
    explain(duck, "--top_k=0").failedWith(2, "--top_k must be at least 1, was 0").inOneLine();
    explain(duck, "--similar=-1").failedWith(2, "--similar must be at least 0").inOneLine();
    explain(duck, "--show=paper").failedWith(2, "--show").inOneLine();
    explain(duck, duck, "--heat_map=a.png").failedWith(2, "--heat_map", "2").inOneLine();
    explain(duck, "--image_dir=nowhere").failedWith(3, "nowhere").inOneLine();
    explain(duck, "--heat_map=" + folder).failedWith(5, "--heat_map").inOneLine();
    explain(duck, "--heat_map=-").failedWith(2, "--heat_map", "standard output").inOneLine();
    explain(duck, "--report=-").failedWith(2, "--report", "standard output").inOneLine();
    explain(duck, "--report=" + "x".repeat(256)).failedWith(5, "--report").inOneLine();
    explain("missing.jpg", "--similar=0").failedWith(3, "missing.jpg").inOneLine();
    PupilProgram.in(folder).run("explain", duck).failedWith(4, "there is no graph").inOneLine();
  }
}
