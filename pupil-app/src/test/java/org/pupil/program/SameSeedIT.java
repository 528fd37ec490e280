package org.pupil.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/** The same photos and seed give the same model, bit for bit, whatever else is different. */
class SameSeedIT {
  @TempDir private Path folder;
  private PupilProgram pupil;
  private int taught;

  @BeforeEach
  void photos() {
    pupil = PupilProgram.in(folder);
    Photos.birdsAndFruit(folder.resolve("photos"), 14, 13);
  }

  /** Teaches, each time from an empty cache, and gives all nodes but the model's description. */
  private List<NodeDef> teach(String imageDir, String... flags) throws IOException {
    String name = "run" + taught++;
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("retrain", "--image_dir=" + imageDir, Photos.QUICK));
    arguments.addAll(List.of("--output_graph=" + name + "/graph.pb", "--bottleneck_dir=" + name));
    arguments.addAll(List.of(flags));
    pupil.run(arguments.toArray()).succeeded();
    GraphDef graph = GraphDef.parseFrom(TestFiles.read(folder.resolve(name + "/graph.pb")));
    return graph.getNodeList().subList(1, graph.getNodeCount());
  }

  @Test
  void twoProcessesWithOneThreadAndTwoTeachTheSameLayer() throws IOException {
    for (String optimizer : List.of("gradient_descent", "auto")) {
      String[] flags = {"--optimizer=" + optimizer, "--how_many_training_steps=60", "--seed=7", ""};
      flags[3] = "--threads=1";
      List<NodeDef> one = teach("photos", flags);
      flags[3] = "--threads=2";
      assertThat(teach("photos", flags)).as(optimizer).isEqualTo(one);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void distortionsAreDrawnFromTheSeedToo(int variants) throws IOException {
    String[] flags = {
      "--distortion_variants=" + variants,
      "--flip_left_right",
      "--random_crop=10",
      "--random_scale=10",
      "--random_brightness=10",
      "--how_many_training_steps=8",
      "--train_batch_size=10",
      "--seed=7",
      ""
    };
    flags[8] = "--threads=1";
    List<NodeDef> one = teach("photos", flags);
    flags[8] = "--threads=2";
    assertThat(teach("photos", flags)).isEqualTo(one);
    flags[7] = "--seed=8";
    assertThat(teach("photos", flags)).isNotEqualTo(one);
  }

  @Test
  void movingTheFolderOrTypingItOtherwiseChangesNothing() throws IOException {
    List<NodeDef> first = teach("photos");
    assertThat(teach("./photos/")).isEqualTo(first);
    Files.move(folder.resolve("photos"), folder.resolve("elsewhere"));
    assertThat(teach(folder.resolve("elsewhere").toString())).isEqualTo(first);
    assertThat(teach("elsewhere", "--split_seed=1")).isNotEqualTo(first);
  }
}
