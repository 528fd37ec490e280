package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pupil check}: what it says, and what it moves and brings back. */
class CheckIT {
  private static final Pattern UNDO = Pattern.compile("check (--undo \\S+)");

  @TempDir private Path folder;

  private Path photos;

  /** Twenty birds and twenty fruits with one fault of several kinds. */
  @BeforeEach
  void photosWithFaults() throws IOException {
    photos = Photos.birdsAndFruit(folder.resolve("photos"), 22, 22);
    Files.write(photos.resolve("bird/half.jpg"), Photos.halfAJpeg());
    Files.write(photos.resolve("bird/nothing.jpg"), new byte[0]);
    Files.write(photos.resolve("bird/copy1.jpg"), Photos.duckBytes());
    Files.write(photos.resolve("bird/copy2.jpg"), Photos.duckBytes());
    Files.write(
        photos.resolve("fruit/duck.jpg"), Files.readAllBytes(Photos.examples("bird").get(0)));
  }

  private PupilRun check(Object... flags) {
    List<Object> all = new ArrayList<>(List.of("check", "--image_dir=photos", Photos.QUICK));
    all.addAll(List.of(flags));
    return PupilProgram.in(folder).run(all.toArray());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(photos)) {
      return all.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    }
  }

  @Test
  void theJsonHasOneObjectForEachFindingAndTheStatusSaysThatSomethingIsSerious()
      throws IOException {
    PupilRun run = check("--json").exitedWith(7);

    JsonNode report = new ObjectMapper().readTree(run.out());
    assertThat(report.path("photos").asInt()).isEqualTo(48);
    List<String> kinds = new ArrayList<>();
    for (JsonNode finding : report.path("findings")) {
      kinds.add(finding.path("kind").asText());
      assertThat(finding.path("images").isArray()).isTrue();
      assertThat(finding.has("label")).isTrue();
      assertThat(finding.path("message").asText()).isNotBlank();
    }
    assertThat(kinds).contains("truncated", "empty", "two_labels", "exact_duplicate");
    assertThat(run.out()).contains("photos/bird/half.jpg", "photos/bird/nothing.jpg");
  }

  @Test
  void theTextFitsEightyColumnsAndNamesThePhotos() {
    PupilRun run = check().exitedWith(7);

    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
    run.outContains(
        "Checked 48 photos of 2 labels: ",
        "Truncated (1), serious",
        "Empty (1), serious",
        "photos/bird/half.jpg");
  }

  @Test
  void whatIsMovedComesBackAsItWas() throws IOException {
    List<String> before = files();

    PupilRun moved = check("--fix=out", "--yes").exitedWith(7);

    assertThat(folder.resolve("out/bird/half.jpg")).exists();
    assertThat(folder.resolve("out/bird/nothing.jpg")).exists();
    assertThat(folder.resolve("out/fruit/duck.jpg")).exists();
    assertThat(files()).doesNotContain(photos.resolve("bird/half.jpg").toString());
    // Of equal photos one stays.
    assertThat(
            Stream.of("duck.jpg", "copy1.jpg", "copy2.jpg")
                .filter(name -> Files.exists(photos.resolve("bird").resolve(name))))
        .hasSize(1);
    Matcher undo = UNDO.matcher(moved.err());
    assertThat(undo.find()).as(moved.err()).isTrue();
    PupilProgram.in(folder)
        .run("check", undo.group(1).split(" ", -1)[0], undo.group(1).split(" ", -1)[1])
        .exitedWith(0);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void withoutATerminalNobodyIsAskedAndNothingIsDone() throws IOException {
    List<String> before = files();

    check("--fix=out").failedWith(2, "--yes");
    check("--yes").failedWith(2, "--fix");
    PupilProgram.in(folder).run("check").failedWith(2, "--image_dir");
    check("--fix=photos/out", "--yes").failedWith(2, "is inside of");
    PupilProgram.in(folder).run("check", "--undo=none").failedWith(3, "none");
    PupilProgram.in(folder)
        .run("check", "--undo=photos/bird/duck.jpg")
        .failedWith(3, "no list")
        .inOneLine();
    PupilProgram.in(folder).run("check", "--undo=/dev/zero").failedWith(3, "no list").inOneLine();
    for (String other : List.of("--fix=out", "--yes", "--json", "--report=page.html")) {
      PupilProgram.in(folder)
          .run("check", "--undo=none", other)
          .failedWith(2, "--undo")
          .inOneLine();
    }

    assertThat(files()).isEqualTo(before);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** Before any photo is looked at. */
  @Test
  void aReportThatCannotBeWrittenIsAnErrorAtOnce() {
    check("--report=photos").failedWith(5, "--report", "folder").inOneLine();
    check("--report=photos/bird/duck.jpg").failedWith(2, "--report", "no HTML page").inOneLine();
    check("--report=photos/bird/duck.jpg/page.html").failedWith(5, "--report").inOneLine();
    check("--report=" + "x".repeat(256)).failedWith(5, "--report").inOneLine();
    check("--report=-").failedWith(2, "--report", "standard output").inOneLine();
  }

  @Test
  void photosWithNothingSeriousEndWithZero() {
    Path good = Photos.birdsAndFruit(folder.resolve("good"), 20, 20);

    PupilProgram.in(folder)
        .run("check", "--image_dir=" + good, Photos.QUICK)
        .exitedWith(0)
        .outContains("Checked 40 photos of 2 labels: ");
  }
}
