package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model as an ONNX file, by {@code export} and by {@code retrain --onnx}. */
class ExportIT {
  private static final Pattern COMPARED =
      Pattern.compile(
          "ONNX model: (\\S+) \\(probabilities (?:are the same|differ by at most (\\S+)) on"
              + " ([^)]+)\\)");

  @TempDir private Path folder;

  private static Matcher compared(PupilRun run) {
    Matcher line = COMPARED.matcher(run.out());
    assertThat(line.find()).as(run.out()).isTrue();
    if (line.group(2) != null) {
      assertThat(Double.parseDouble(line.group(2))).isGreaterThan(0).isLessThan(1e-5);
    }
    return line;
  }

  private PupilRun export(Object... flags) {
    Object[] all = new Object[flags.length + 2];
    all[0] = "export";
    all[1] = "--graph=" + TaughtModel.BIRDS_AND_FRUIT.graph();
    System.arraycopy(flags, 0, all, 2, flags.length);
    return PupilProgram.in(folder).run(all);
  }

  @Test
  void theFileIsComparedOnThePhotosThatAreGiven() {
    Path bird = TaughtModel.BIRDS_AND_FRUIT.photos().resolve("bird");

    Matcher onPhotos = compared(export("--onnx=a.onnx", bird).succeeded());
    assertThat(onPhotos.group(1)).isEqualTo("a.onnx");
    assertThat(onPhotos.group(3)).isEqualTo("12 photos");
    assertThat(compared(export("--onnx=b.onnx").succeeded()).group(3))
        .isEqualTo("3 made-up images");
    assertThat(folder.resolve("a.onnx")).hasSameBinaryContentAs(folder.resolve("b.onnx"));
  }

  @Test
  void retrainWritesTheFileToo() {
    Photos.birdsAndFruit(folder.resolve("photos"), 12, 12);
    PupilRun run =
        PupilProgram.in(folder)
            .run("retrain", "--image_dir=photos", Photos.QUICK, "--onnx=model/birds.onnx")
            .succeeded();

    assertThat(compared(run).group(1)).isEqualTo("model/birds.onnx");
    assertThat(folder.resolve("model/birds.onnx")).isNotEmptyFile();
  }

  @Test
  void whatCannotBeWrittenIsSaidBeforeTheWork() throws IOException {
    Files.writeString(folder.resolve("file"), "precious");

    export("--onnx=file/a.onnx").failedWith(5, "--onnx: ", "file/a.onnx");
    PupilProgram.in(folder)
        .run(
            "retrain",
            "--image_dir=" + TaughtModel.BIRDS_AND_FRUIT.photos(),
            Photos.QUICK,
            "--onnx=file/a.onnx")
        .failedWith(5, "--onnx: ")
        .beforeDecoding();
    export().failedWith(2, "no file is named to export to", "export --onnx model.onnx");
    export("--onnx=" + TaughtModel.BIRDS_AND_FRUIT.graph())
        .failedWith(2, "--onnx and --graph must be two files");
    export("--onnx=a.pb").failedWith(2, "--onnx must end with .onnx, was a.pb");
    Path own = Files.copy(TaughtModel.BIRDS_AND_FRUIT.graph(), folder.resolve("own.pb"));
    Files.createSymbolicLink(folder.resolve("link.onnx"), own);
    PupilProgram.in(folder)
        .run("export", "--graph=own.pb", "--onnx=link.onnx")
        .failedWith(2, "must be two files");
    assertThat(own).hasSameBinaryContentAs(TaughtModel.BIRDS_AND_FRUIT.graph());
    Files.writeString(folder.resolve("tom.jpg"), "precious");
    export("--onnx", "tom.jpg", "kit.jpg").failedWith(2, "--onnx is a file to write, but tom.jpg");
    assertThat(folder.resolve("tom.jpg")).hasContent("precious");
    export("--onnx=a.onnx", "--image=-").failedWith(2, "--image must be a file or folder");
    assertThat(folder.resolve("file")).hasContent("precious");
  }

  @Test
  void aPhotoThatIsNoneIsAnErrorAndThereIsNoFile() throws IOException {
    Files.writeString(folder.resolve("text.jpg"), "no photo");

    export("--onnx=a.onnx", "text.jpg").failedWith(3, "text.jpg: ");
    export("--onnx=a.onnx", "missing.jpg").failedWith(3, "missing.jpg: ");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()).toList())
          .isEqualTo(List.of("text.jpg"));
    }
  }

  @Test
  void tensorFlowIsNotFetchedForAnOnnxModel() throws IOException {
    String refusal = "--engine tensorflow does not run .onnx files: leave it out";
    PupilProgram pupil = PupilProgram.in(folder);
    pupil
        .run("export", "--engine=tensorflow", "--graph", "a.onnx", "--onnx=b.onnx")
        .failedWith(2, refusal);
    pupil
        .run("label_image", "--graph=a.onnx", "--engine", "tensorflow", "tom.jpg")
        .failedWith(2, refusal);
    Files.createDirectories(folder.resolve("pupil-model"));
    Files.writeString(folder.resolve("pupil-model/graph.onnx"), "newest");
    pupil.run("label_image", "--engine=tensorflow", "tom.jpg").failedWith(2, refusal);
  }

  @Test
  void aModelThatIsNotThereIsSaid() {
    PupilProgram.in(folder)
        .run("export", "--onnx=a.onnx")
        .failedWith(4, "there is no graph pupil-model/graph.pb");
  }
}
