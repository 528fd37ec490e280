package org.pupil.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is named as a file and is none, or is larger than such a file can be. */
class SpecialFilesIT {
  private static final TaughtModel TAUGHT = TaughtModel.BIRDS_AND_FRUIT;

  @TempDir private Path folder;
  private PupilProgram pupil;

  @BeforeEach
  void program() {
    pupil = PupilProgram.in(folder);
  }

  private Path pipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo here");
    return pipe;
  }

  private Path large() throws IOException {
    Path large = folder.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(2L << 30);
    }
    return large;
  }

  @Test
  void aGraphThatIsNoFileIsRefused() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/zero")), "there is no /dev/zero");
    for (Path bad : new Path[] {pipe(), Path.of("/dev/zero"), Path.of("/dev/urandom")}) {
      pupil
          .run("label_image", Photos.duck(), "--graph", bad)
          .failedWith(4, bad.toString(), "a pipe or a device")
          .inOneLine();
      pupil
          .run("retrain", "--image_dir", TAUGHT.photos(), "--architecture", bad)
          .failedWith(4, bad.toString(), "a pipe or a device")
          .beforeDecoding();
    }
    pupil
        .run("label_image", Photos.duck(), "--graph", large())
        .failedWith(4, "large", "1 GB")
        .inOneLine();
  }

  @Test
  void labelsThatAreNoFileOrTooLargeAreRefused() throws Exception {
    for (Path bad : new Path[] {pipe(), large(), Path.of("/dev/zero")}) {
      pupil
          .run("label_image", Photos.duck(), "--graph", TAUGHT.graph(), "--labels", bad)
          .failedWith(4, "--labels", bad.toString())
          .inOneLine();
    }
  }

  @Test
  void aPhotoThatIsAPipeIsNamedAndTheOthersAreLabelled() throws Exception {
    Path pipe = pipe();
    PupilRun run =
        pupil.run("label_image", pipe, Photos.duck(), "--graph", TAUGHT.graph()).exitedWith(3);
    run.errContains(pipe.toString(), "a pipe or a device");
    run.outContains("bird ");
  }

  @Test
  void aFlippedBitInTheWeightsIsNoticed() {
    byte[] graph = TestFiles.read(TAUGHT.graph());
    graph[graph.length / 2] ^= 0x40;
    Path flipped = TestFiles.write(folder.resolve("flipped.pb"), graph);
    pupil
        .run("label_image", Photos.duck(), "--graph", flipped)
        .failedWith(4, "flipped.pb", "damaged", "checksum")
        .inOneLine();
  }
}
