package org.pupil.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

class ModelReaderTest {
  @TempDir Path folder;

  private static PupilException refusal(Path file) {
    try {
      Model.read(file);
    } catch (PupilException e) {
      assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL);
      assertThat(e.getMessage()).contains(file.toString()).doesNotContain("\n");
      return e;
    }
    throw new AssertionError(file + " was read");
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("m.pb"), content);
  }

  @Test
  void aModelIsReadWithWhatItSaysOfItself() {
    Model file = Model.read(TinyModel.written(folder));

    assertThat(file.path()).isEqualTo(folder.resolve("graph.pb"));
    assertThat(file.description()).contains(TinyModel.description());
    assertThat(TinyModel.graphOf(file).getNodeCount()).isEqualTo(13);
  }

  /** Other programs that rewrite a graph may sort its nodes. */
  @Test
  void theDescriptionIsFoundWhereverItStands() throws IOException {
    GraphDef graph = TinyModel.graphOf(Model.read(TinyModel.written(folder)));
    GraphDef.Builder turned = graph.toBuilder().clearNode();
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      turned.addNode(graph.getNode(i));
    }
    assertThat(Model.read(write(turned.build().toByteArray())).description())
        .contains(TinyModel.description());
  }

  @Test
  void aGraphOfAnotherProgramHasNoDescription() throws IOException {
    Path file = write(TinyModel.backboneGraph().toByteArray());
    assertThat(Model.read(file).description()).isEmpty();
  }

  @Test
  void aSavedModelIsForOthers() throws IOException {
    Files.writeString(folder.resolve("saved_model.pb"), "x");

    assertThat(refusal(folder))
        .hasMessageEndingWith(
            " is a SavedModel, which is for other programs: give the graph.pb that the same"
                + " training run wrote");
  }

  @Test
  void whatIsNotThereOrAFolderIsSaidPlainly() {
    assertThat(refusal(folder.resolve("none.pb"))).hasMessageStartingWith("there is no graph ");
    assertThat(refusal(folder))
        .hasMessageContaining(" is a folder: give the file of a graph, such as ")
        .hasMessageContaining(folder.resolve("graph.pb").toString());
    Path belowAFile = TinyModel.written(folder).resolve("graph.pb");
    assertThat(refusal(belowAFile)).hasMessageContaining("cannot read the graph");
  }

  @Test
  void emptyFilesAndTextsAndPicturesAreNoGraphs() throws IOException {
    assertThat(refusal(write(new byte[0]))).hasMessageContaining(" is empty: copy it again");
    for (String text : new String[] {"ant\nbee\n", "<html></html>", "{}", "\n"}) {
      refusal(write(text.getBytes(StandardCharsets.UTF_8)));
    }
    refusal(write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13}));
    refusal(write(new byte[100_000]));
  }

  @Test
  void aFileTooLargeForAGraphIsNotReadAtAll() throws IOException {
    Path file = folder.resolve("huge.pb");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }
    assertThat(refusal(file)).hasMessageContaining("larger than 1 GB");
  }

  @Test
  void aModelThatWasCutOffIsSeenWhereverTheCutIs() throws IOException {
    byte[] whole = Files.readAllBytes(TinyModel.written(folder));
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path file = memory.getPath("m.pb");
      for (int length = 0; length < whole.length; length++) {
        PupilException refusal = refusal(Files.write(file, Arrays.copyOf(whole, length)));
        assertThat(refusal.getMessage()).contains(length == 0 ? "m.pb is empty" : "a part of");
      }
      assertThat(Model.read(Files.write(file, whole)).description()).isPresent();
    }
  }

  @Test
  void aDescriptionThatIsNoTextIsDamage() throws IOException {
    GraphDef graph = TinyModel.graphOf(Model.read(TinyModel.written(folder)));
    NodeDef description = graph.getNode(0);
    for (NodeDef damaged :
        new NodeDef[] {
          description.toBuilder().clearAttr().build(),
          description.toBuilder().putAttr("value", description.getAttrOrThrow("dtype")).build(),
          TinyModel.ints("pupil/model", 7)
        }) {
      Path file = write(graph.toBuilder().setNode(0, damaged).build().toByteArray());
      assertThat(refusal(file)).hasMessageContaining("has a damaged description of itself");
    }
  }

  @Test
  void aModelWithoutItsOwnLayersIsOnlyAPart() throws IOException {
    GraphDef graph = TinyModel.graphOf(Model.read(TinyModel.written(folder)));
    for (int missing : new int[] {1, graph.getNodeCount() - 1}) {
      Path file = write(graph.toBuilder().removeNode(missing).build().toByteArray());
      assertThatThrownBy(() -> Model.read(file)).hasMessageContaining("only a part of a model");
    }
  }

  /** Every bit of the weights, and some of everything else. */
  @Test
  void aFlippedBitIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(TinyModel.written(folder));
    int noticed = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      try {
        Model file = Model.read(write(flipped));
        // What may pass is the name of a field in the description, or the version behind the nodes.
        assertThat(
                TinyModel.graphOf(file)
                    .getNodeList()
                    .subList(1, TinyModel.graphOf(file).getNodeCount()))
            .isEqualTo(GraphDef.parseFrom(whole).getNodeList().subList(1, 13));
      } catch (PupilException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
        noticed += e.getMessage().contains("does not fit the checksum") ? 1 : 0;
      }
    }
    assertThat(noticed).isGreaterThan(whole.length / 3);
  }
}
