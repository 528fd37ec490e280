package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type in their first hour that cannot work, and what they are told to type. */
class NewcomerIT {
  private static final TaughtModel TAUGHT = TaughtModel.BIRDS_AND_FRUIT;

  @TempDir private Path folder;
  private Path work;
  private PupilProgram pupil;

  @BeforeEach
  void inAFolderOfTheirOwn() throws IOException {
    work = Files.createDirectories(folder.resolve("work"));
    pupil = PupilProgram.in(work);
  }

  private PupilRun typed(String arguments) {
    return pupil.shell("pupil " + arguments);
  }

  @Test
  void anotherWordForACommand() {
    typed("train --image_dir x")
        .failedWith(2, "no command train: did you mean pupil retrain?")
        .inOneLine();
    typed("predict x.jpg").failedWith(2, "did you mean pupil label_image?").inOneLine();
    typed("retrian").failedWith(2, "did you mean pupil retrain?").inOneLine();
    typed("version").failedWith(2, "did you mean pupil --version?").inOneLine();
    typed("cake")
        .failedWith(
            2,
            "no command cake",
            "retrain, dataset, check, tune, label_image, evaluate, explain, export, board, doctor, clean,"
                + " self-check, workshop, completion")
        .inOneLine();
  }

  @Test
  void noCommandAtAll() throws IOException {
    Files.createDirectory(work.resolve("my photos"));
    Files.copy(Photos.duck(), work.resolve("duck.jpg"));
    typed("'my photos'").failedWith(2, "type pupil retrain --image_dir 'my photos'").inOneLine();
    typed("duck.jpg").failedWith(2, "type pupil label_image --image duck.jpg").inOneLine();
    typed("--image_dir x").failedWith(2, "say first what to do: pupil retrain").inOneLine();
  }

  @Test
  void aFolderWithoutItsFlag() {
    typed("retrain photos").failedWith(2, "type pupil retrain --image_dir photos").inOneLine();
    typed("board logs").failedWith(2, "type pupil board --logdir logs").inOneLine();
  }

  @Test
  void aSpaceThatIsNotQuoted() throws IOException {
    Files.createDirectory(work.resolve("my own photos"));
    Files.copy(Photos.duck(), work.resolve("my duck.jpg"));
    typed("retrain --image_dir my own photos")
        .failedWith(2, "quote a name with a space, --image_dir 'my own photos'")
        .inOneLine();
    typed("retrain --image_dir not there")
        .failedWith(2, "a name with a space is typed in quotes")
        .inOneLine();
    String graph = " --graph " + TAUGHT.graph();
    typed("label_image --image my duck.jpg" + graph)
        .failedWith(3, "my: there is no such file: quote a name with a space, 'my duck.jpg'");
    typed("label_image my duck.jpg" + graph).failedWith(3, "'my duck.jpg'").inOneLine();
  }

  @Test
  void aPhotoInTheFolderAboveOrOfNearlyThatName() throws IOException {
    Files.copy(Photos.duck(), folder.resolve("IMG_1.jpg"));
    Files.copy(Photos.duck(), work.resolve("IMG_2.JPG"));
    String graph = " --graph " + TAUGHT.graph();
    typed("label_image IMG_1.jpg" + graph)
        .failedWith(3, "IMG_1.jpg: there is no such file: did you mean ../IMG_1.jpg?")
        .inOneLine();
    typed("label_image IMG_2.jpg" + graph).failedWith(3, "did you mean IMG_2.JPG?").inOneLine();
    typed("label_image img_2.jpeg" + graph).failedWith(3, "did you mean IMG_2.JPG?").inOneLine();
    typed("label_image IMG_3.jpg" + graph)
        .failedWith(3, "IMG_3.jpg: there is no such file in " + work.toRealPath())
        .inOneLine();
    typed("label_image a/IMG_3.jpg" + graph)
        .failedWith(3, "there is no folder " + work.toRealPath().resolve("a"))
        .inOneLine();
  }

  @Test
  void theFolderWhereTheyStandAndTheOneAbove() throws IOException {
    Files.copy(Photos.duck(), work.resolve("duck.jpg"));
    String graph = " --graph " + TAUGHT.graph();
    typed("label_image ." + graph).succeeded().outContains("bird ");
    typed("label_image .." + graph).succeeded().outContains("bird ");
  }

  @Test
  void noModelWhereTheyStand() throws IOException {
    typed("label_image " + Photos.duck())
        .failedWith(
            4,
            "there is no graph pupil-model/graph.pb (looked in "
                + work.toRealPath().resolve("pupil-model"),
            "--graph FILE",
            "pupil retrain --image_dir FOLDER")
        .inOneLine();
  }

  @Test
  void aLevelTooHighAndTooLow() throws IOException {
    Path photos = work.resolve("set/images");
    Photos.birdsAndFruit(photos, 3, 3);
    typed("retrain --image_dir set").failedWith(3, "use --image_dir set/images").inOneLine();
    typed("retrain --image_dir set/images/bird")
        .failedWith(3, "use --image_dir set/images, ")
        .inOneLine();
    assertThat(work.resolve("pupil-model/graph.pb")).doesNotExist();
  }

  @Test
  void aTildeThatNoShellSees() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.copy(Photos.duck(), home.resolve("duck.jpg"));
    Files.copy(TAUGHT.graph(), home.resolve("g.pb"));
    PupilProgram athome = pupil.with("HOME", home.toString());
    athome
        .run("label_image", "--graph=~/g.pb", "--image=~/duck.jpg")
        .succeeded()
        .outContains("bird ");
    athome
        .run(
            "retrain",
            "--image_dir=" + TAUGHT.photos(),
            "--output_graph=~/new/graph.pb",
            "--output_labels=~/new/labels.txt",
            "--bottleneck_dir=" + TAUGHT.bottlenecks(),
            "--summaries_dir=~/new/logs",
            Photos.QUICK)
        .succeeded();
    assertThat(home.resolve("new/graph.pb")).exists();
    assertThat(home.resolve("new/logs")).exists();
    assertThat(work.resolve("~")).doesNotExist();
  }

  @Test
  void aNameThatIsNotUtf8() {
    String graph = " --graph " + TAUGHT.graph();
    pupil.shell("cp " + Photos.duck() + " \"$(printf 'caf\\351.jpg')\"").exitedWith(0);
    String name = "\"$(printf 'caf\\351.jpg')\"";
    typed("label_image " + name + graph).succeeded().outContains("bird ");
    typed("label_image --image=" + name + graph).succeeded().outContains("bird ");
    typed("label_image ." + graph).succeeded().outContains("bird ");
    typed("label_image \"$(printf 'th\\351.jpg')\"" + graph)
        .failedWith(3, "is not in UTF-8")
        .inOneLine();
    typed("retrain --image_dir . --output_graph=\"$(printf 'th\\351.pb')\"")
        .failedWith(3, "is not in UTF-8")
        .inOneLine();
  }

  @Test
  void aLocaleThatIsNotInstalled() throws IOException {
    Files.copy(Photos.duck(), work.resolve("\u00e4 \u00fc.jpg"));
    for (String locale : List.of("xx_XX.UTF-8", "de_XX.utf8", "xx_XX", "POSIX")) {
      pupil
          .with("LC_ALL", locale)
          .run("label_image", "\u00e4 \u00fc.jpg", "--graph", TAUGHT.graph())
          .succeeded()
          .outContains("bird ");
    }
  }
}
