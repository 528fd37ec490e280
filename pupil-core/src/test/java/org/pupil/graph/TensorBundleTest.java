package org.pupil.graph;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.TensorProto;

/** Checkpoints that real TensorFlow wrote, whole and damaged. */
class TensorBundleTest {
  private static final String INDEX = "variables/variables.index";
  private static final String DATA = "variables/variables.data-00000-of-00001";

  @TempDir Path folder;

  /** The variables of a SavedModel of TensorFlow 2, in a folder of their own. */
  private Path copy() throws IOException {
    Path copy = folder.resolve("model");
    Files.createDirectories(copy.resolve("variables"));
    for (String file : List.of(INDEX, DATA)) {
      Files.copy(original().resolve(file), copy.resolve(file), REPLACE_EXISTING);
    }
    return copy;
  }

  private static Path original() {
    try {
      return Path.of(
              TensorBundleTest.class.getResource("/org/pupil/backbone/tf2/saved_model.pb").toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<TensorProto> everything(Path model) {
    TensorBundle bundle = new TensorBundle(model, "m");
    List<TensorProto> all = new ArrayList<>();
    for (String key : bundle.keysByName().values()) {
      Checkpoint.Entry entry = new Checkpoint.Entry(key, "");
      all.addAll(bundle.values(List.of(entry), List.of(DataType.DT_FLOAT)));
    }
    return all;
  }

  @Test
  void allVariablesAreReadWithTheirShapes() throws IOException {
    Map<String, String> keys = new TensorBundle(copy(), "m").keysByName();

    assertThat(keys).isNotEmpty();
    assertThat(everything(copy()))
        .hasSameSizeAs(keys.values())
        .allSatisfy(
            tensor -> {
              long elements =
                  tensor.getTensorShape().getDimList().stream()
                      .mapToLong(axis -> axis.getSize())
                      .reduce(1, (a, b) -> a * b);
              assertThat(tensor.getTensorContent().size()).isEqualTo(elements * Float.BYTES);
            });
  }

  @Test
  void everyFlippedBitOfAWeightIsNoticed() throws IOException {
    Random random = new Random(1);
    List<TensorProto> whole = everything(copy());
    for (int i = 0; i < 50; i++) {
      Path model = copy();
      byte[] weights = whole.get(random.nextInt(whole.size())).getTensorContent().toByteArray();
      byte[] data = Files.readAllBytes(model.resolve(DATA));
      int place = Bytes.indexOf(data, weights) + random.nextInt(weights.length);
      data[place] ^= (byte) (1 << random.nextInt(8));
      Files.write(model.resolve(DATA), data);

      assertRefused(model, "is damaged: its checksum is wrong");
    }
  }

  @Test
  void aDamagedIndexIsRefusedInOneLineOrMeansTheSame() throws IOException {
    List<TensorProto> whole = everything(copy());
    Random random = new Random(2);
    for (int i = 0; i < 300; i++) {
      Path model = copy();
      byte[] index = Files.readAllBytes(model.resolve(INDEX));
      index[random.nextInt(index.length)] = (byte) random.nextInt(256);
      Files.write(model.resolve(INDEX), index);
      try {
        assertThat(everything(model)).isEqualTo(whole);
      } catch (PupilException e) {
        assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_MODEL);
        assertThat(e.getMessage()).startsWith("m").doesNotContain("\n");
      }
    }
  }

  @Test
  void filesThatAreCutOffOrMissingAreNamed() throws IOException {
    Path model = copy();
    byte[] index = Files.readAllBytes(model.resolve(INDEX));
    byte[] data = Files.readAllBytes(model.resolve(DATA));

    Files.write(model.resolve(DATA), Arrays.copyOf(data, data.length / 2));
    assertRefused(model, "is cut off");
    Files.delete(model.resolve(DATA));
    assertRefused(model, "variables cannot be read");
    Files.write(model.resolve(INDEX), Arrays.copyOf(index, index.length - 1));
    assertRefused(model, "variables.index: it is no index of a checkpoint");
    Files.write(model.resolve(INDEX), new byte[0]);
    assertRefused(model, "variables.index: it is no index of a checkpoint");
    Files.delete(model.resolve(INDEX));
    assertRefused(model, "variables cannot be read");
  }

  private static void assertRefused(Path model, String reason) {
    assertThatThrownBy(() -> everything(model))
        .isInstanceOf(PupilException.class)
        .hasMessageStartingWith("m")
        .hasMessageContaining(reason);
  }

  @Test
  void aVariableOfAnotherTypeIsRefused() throws IOException {
    Path model = copy();
    TensorBundle bundle = new TensorBundle(model, "m");
    String key = bundle.keysByName().values().iterator().next();

    assertThatThrownBy(
            () ->
                bundle.values(List.of(new Checkpoint.Entry(key, "")), List.of(DataType.DT_DOUBLE)))
        .hasMessageContaining(key + " is of type DT_FLOAT, not DT_DOUBLE");
  }
}
