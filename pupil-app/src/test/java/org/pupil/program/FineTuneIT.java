package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fine-tuning on real photos, some of which are upside down: a backbone that was trained on upright
 * ones was never asked to notice that.
 */
class FineTuneIT {
  private static final String KEPT = "so the fine-tuned layers are kept";

  @TempDir private Path folder;

  @BeforeEach
  void photos() {
    for (String label : List.of("bird", "flower", "fruit", "mammal")) {
      for (Path photo : Photos.examples(label)) {
        String name = label + "-" + photo.getFileName().toString().replace(".jpg", ".png");
        add(photo, "photos/upright/" + name, "photos/turned/" + name);
      }
    }
  }

  private void add(Path photo, String upright, String turned) {
    try {
      BufferedImage image = ImageIO.read(photo.toFile());
      int width = image.getWidth();
      int height = image.getHeight();
      BufferedImage other = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      BufferedImage same = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          same.setRGB(x, y, image.getRGB(x, y));
          other.setRGB(width - 1 - x, height - 1 - y, image.getRGB(x, y));
        }
      }
      write(same, upright);
      write(other, turned);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(BufferedImage image, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private static Object[] retrain(Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "retrain",
                "--image_dir=photos",
                "--architecture=mobilenet_0.25_224",
                "--fine_tune=last",
                "--fine_tune_epochs=20",
                "--fine_tune_learning_rate=0.003",
                "--validation_percentage=40"));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  /** What a model says of all photos. */
  private String labels(PupilProgram pupil, String model) {
    return pupil
        .run("label_image", "--graph=" + model + "/graph.pb", "--csv", "photos/upright")
        .exitedWith(0)
        .out();
  }

  @Test
  void theModelIsLikeAnyOther() {
    PupilProgram pupil = PupilProgram.in(folder);
    pupil
        .run(retrain("--onnx=model.onnx"))
        .succeeded()
        .errContains(
            "Fine-tuning all layers above MobilenetV1/MobilenetV1/Conv2d_11_pointwise/Relu6: ",
            " MB more on the disk",
            "Epoch 3 of 20: loss ",
            KEPT)
        .outContains("ONNX model: model.onnx (probabilities are the same on ");
    String labelled = labels(pupil, "pupil-model");
    assertThat(labelled.lines()).hasSizeGreaterThan(148);
    pupil
        .run("evaluate", "--image_dir=photos", "--graph=pupil-model/graph.pb")
        .exitedWith(0)
        .outContains("Accuracy");
    Path photo = photo();
    pupil
        .run("explain", "--image_dir=photos", "--image=" + photo)
        .exitedWith(0)
        .outContains("looks most like");
    assertThat(folder.resolve("pupil-model/runs/run-1/validation")).isNotEmptyDirectory();
  }

  private Path photo() {
    try (Stream<Path> files = Files.list(folder.resolve("photos/upright"))) {
      return folder.relativize(files.sorted().findFirst().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void goesOnAfterItWasKilledAndComesToTheSameModel() {
    PupilProgram pupil = PupilProgram.in(folder);
    pupil
        .run(retrain("--output_graph=whole/graph.pb", "--output_labels=whole/labels.txt"))
        .succeeded()
        .errContains(KEPT);
    pupil.start(retrain("--threads=1")).awaitErr("Epoch 4 of 20").kill().end();
    assertThat(folder.resolve("pupil-model/graph.pb")).doesNotExist();
    pupil.run(retrain("--resume")).succeeded().errContains("Going on after epoch ", KEPT);
    assertThat(labels(pupil, "pupil-model")).isEqualTo(labels(pupil, "whole"));
  }

  @Test
  void whatMakesNoSenseIsSaidInOneLineBeforePhotosAreDecoded() {
    PupilProgram pupil = PupilProgram.in(folder);
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK, "--fine_tune=lst")
        .failedWith(2, "--fine_tune lst: mobilenet_0.25_64 cannot be cut there; it can at Mobile")
        .beforeDecoding();
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK, "--fine_tune=last", "--time_budget=3x")
        .failedWith(2, "--time_budget must be a time such as 90s, 3m or 1h, was 3x");
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK, "--fine_tune=last", "--cache_size=5")
        .failedWith(2, "--cache_size must be a size such as 500MB or 20GB, was 5");
    pupil
        .run("retrain", "--image_dir=photos", Photos.QUICK, "--resume")
        .failedWith(
            2, "--resume goes on with fine-tuning, and there is none: give --fine_tune too");
    pupil
        .run(
            "retrain", "--image_dir=photos", Photos.QUICK, "--fine_tune=last", "--cache_size=0.1MB")
        .endsWithError("may use 1 MB: raise --cache_size, or give a later layer with --fine_tune");
  }
}
