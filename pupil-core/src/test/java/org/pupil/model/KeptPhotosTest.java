package org.pupil.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.familiarity.Familiarity;
import org.pupil.graph.Nodes;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;
import org.pupil.onnx.proto.ModelProto;

/** The part of a model's file that says what its training photos look like. */
class KeptPhotosTest {
  private static final String DAMAGED = "has a damaged description of itself";

  @TempDir Path folder;

  private Model model() {
    return Model.of(
        TinyModel.backbone(folder),
        TinyModel.layer(),
        TinyModel.description(),
        Optional.of(KnownPhotos.familiarity()));
  }

  private Path written(Model model, String name) {
    Path file = folder.resolve(name);
    model.writeGraph(file);
    return file;
  }

  private void assertKnown(Model read) {
    Familiarity known = read.familiarity().orElseThrow();
    assertThat(known.photos().toBytes()).isEqualTo(KnownPhotos.familiarity().photos().toBytes());
    assertThat(known.nearest()).isEqualTo(1);
    assertThat(known.threshold()).isEqualTo(0.83f);
    assertThat(known.percentage()).isEqualTo(95);
  }

  @Test
  void aGraphIsReadAsItWasWritten() {
    Model read = Model.read(written(model(), "graph.pb"));

    assertKnown(read);
    FamiliarityDescription own = read.description().orElseThrow().familiarity();
    assertThat(own)
        .isEqualTo(new FamiliarityDescription("backbone/pooled", 2, 1, 0.83f, 95, 2, null));
  }

  @Test
  void soIsAnOnnxModel() {
    Model without = TinyOnnx.model(folder);
    Model with =
        Model.of(
            TinyModel.catalog().resolve(TinyOnnx.request(folder)),
            TinyModel.layer(),
            without.description().orElseThrow(),
            Optional.of(KnownPhotos.familiarity()));

    assertKnown(Model.read(written(with, "graph.onnx")));
    assertThat(Model.read(written(without, "without.onnx")).familiarity()).isEmpty();
    // Nothing of what is computed is another.
    ModelProto own = ((ModelContent.OfOnnx) with.content()).model();
    ModelProto other = ((ModelContent.OfOnnx) without.content()).model();
    assertThat(own.getGraph()).isEqualTo(other.getGraph());
  }

  @Test
  void allOtherNodesAreThoseOfAModelWithoutIt() {
    List<NodeDef> with = TinyModel.graphOf(model()).getNodeList();
    List<NodeDef> without = TinyModel.graphOf(TinyModel.model(folder)).getNodeList();

    assertThat(with.subList(2, with.size())).isEqualTo(without.subList(1, without.size()));
    assertThat(with.get(1).getName()).isEqualTo(KeptPhotos.NODE);
    assertThat(with).noneMatch(node -> node.getInputList().contains(KeptPhotos.NODE));
    assertThat(Model.read(TinyModel.written(folder)).familiarity()).isEmpty();
  }

  private void assertRefused(UnaryOperator<String> json, Consumer<TensorProto.Builder> tensor)
      throws Exception {
    GraphDef.Builder graph = TinyModel.graphOf(model()).toBuilder();
    TensorProto.Builder value =
        graph.getNodeBuilder(1).getAttrOrThrow("value").getTensor().toBuilder();
    tensor.accept(value);
    graph
        .getNodeBuilder(1)
        .putAttr(
            "value",
            graph.getNodeBuilder(1).getAttrOrThrow("value").toBuilder().setTensor(value).build());
    String text = model().description().orElseThrow().toJson();
    List<NodeDef> others = graph.getNodeList().subList(1, graph.getNodeCount());
    graph.setNode(
        0,
        Nodes.constant(ModelGraph.DESCRIPTION_NODE, ModelChecksum.addTo(json.apply(text), others)));
    assertRefused(graph.build());
  }

  private void assertRefused(GraphDef graph) throws Exception {
    Path file = Files.write(folder.resolve("hostile.pb"), graph.toByteArray());
    assertThatThrownBy(() -> Model.read(file))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL))
        .hasMessageContaining(DAMAGED);
  }

  @Test
  void whatDoesNotFitIsRefusedWithAGoodChecksumToo() throws Exception {
    UnaryOperator<String> same = UnaryOperator.identity();
    Consumer<TensorProto.Builder> good = tensor -> {};
    assertRefused(
        json -> json.replace("\"photos\":2,\"nearest\"", "\"photos\":3,\"nearest\""), good);
    assertRefused(
        json -> json.replace("\"photos\":2,\"nearest\"", "\"photos\":2147483647,\"nearest\""),
        good);
    assertRefused(json -> json.replace("\"nearest\":1", "\"nearest\":3"), good);
    assertRefused(json -> json.replace("\"nearest\":1", "\"nearest\":0"), good);
    assertRefused(json -> json.replace("\"threshold\":0.83", "\"threshold\":\"NaN\""), good);
    assertRefused(json -> json.replace("\"threshold\":0.83", "\"threshold\":1.5"), good);
    assertRefused(json -> json.replace("\"undecided_ratio\":2.0", "\"undecided_ratio\":0.5"), good);
    assertRefused(json -> json.replace("\"percentage\":95.0", "\"percentage\":-1"), good);
    assertRefused(json -> json.replace("\"bottleneck_size\":3", "\"bottleneck_size\":6"), good);
    assertRefused(same, tensor -> tensor.setTensorContent(ByteString.EMPTY));
    assertRefused(
        same, tensor -> tensor.setTensorContent(tensor.getTensorContent().substring(0, 11)));
    assertRefused(
        same,
        tensor ->
            tensor.setTensorContent(
                tensor
                    .getTensorContent()
                    .substring(0, 10)
                    .concat(ByteString.copyFrom(new byte[] {0, 0x7c}))));
    assertRefused(
        same, tensor -> tensor.getTensorShapeBuilder().getDimBuilder(0).setSize(1L << 40));
    assertRefused(same, tensor -> tensor.setDtype(DataType.DT_FLOAT));
  }

  @Test
  void aGraphWithoutThePhotosThatItSpeaksOfIsRefused() throws Exception {
    GraphDef.Builder graph = TinyModel.graphOf(model()).toBuilder().removeNode(1);
    String text = model().description().orElseThrow().toJson();
    List<NodeDef> others = graph.getNodeList().subList(1, graph.getNodeCount());
    graph.setNode(
        0, Nodes.constant(ModelGraph.DESCRIPTION_NODE, ModelChecksum.addTo(text, others)));
    assertRefused(graph.build());
  }

  @Test
  void aFlippedBitIsSeenByTheChecksum() throws Exception {
    byte[] bytes = Files.readAllBytes(written(model(), "graph.pb"));
    byte[] sought = KnownPhotos.familiarity().photos().toBytes();
    bytes[indexOf(bytes, sought) + 4] ^= 1;
    Path file = Files.write(folder.resolve("flipped.pb"), bytes);

    assertThatThrownBy(() -> Model.read(file)).hasMessageContaining("is damaged");
  }

  private static int indexOf(byte[] all, byte[] part) {
    for (int i = 0; i + part.length <= all.length; i++) {
      if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("it is not there");
  }

  @Test
  void textThatIsNotWhatAnOnnxModelSpeaksOfIsRefused() throws Exception {
    Model with =
        Model.of(
            TinyModel.catalog().resolve(TinyOnnx.request(folder)),
            TinyModel.layer(),
            TinyOnnx.model(folder).description().orElseThrow(),
            Optional.of(KnownPhotos.familiarity()));
    for (String text : List.of("", "AAAA", "no base 64!", "A".repeat(16))) {
      ModelProto.Builder model = ((ModelContent.OfOnnx) with.content()).model().toBuilder();
      for (int i = 0; i < model.getMetadataPropsCount(); i++) {
        if (model.getMetadataProps(i).getKey().equals(KeptPhotos.METADATA)) {
          model.getMetadataPropsBuilder(i).setValue(text);
        }
      }
      Path file = Files.write(folder.resolve("hostile.onnx"), model.build().toByteArray());
      assertThatThrownBy(() -> Model.read(file))
          .isInstanceOfSatisfying(
              PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL))
          .hasMessageContaining("damaged");
    }
  }
}
