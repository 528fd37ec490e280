package org.pupil.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.FormatsDocument;
import org.pupil.engine.Engines;
import org.pupil.labelling.OnnxExport;
import org.pupil.labelling.Overrides;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.SavedModel;
import org.pupil.log.proto.SignatureDef;
import org.pupil.log.proto.TensorInfo;
import org.pupil.onnx.proto.GraphProto;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.ValueInfoProto;
import org.pupil.training.FinalLayer;

/** What docs/formats.md says of models is what is written and read. */
class ModelFormatsTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  private static ModelDescription described() throws Exception {
    return ModelDescription.fromJson(FormatsDocument.example("description"), "docs/formats.md");
  }

  /** A model that says of itself what the example says. */
  private Model model() throws Exception {
    FinalLayer layer = new FinalLayer(3, new float[12], new float[4]);
    return Model.of(
        TinyModel.backbone(folder), layer, described(), Optional.of(KnownPhotos.familiarity()));
  }

  @Test
  void theExampleOfADescriptionIsReadAndWrittenFieldByField() throws Exception {
    JsonNode example = JSON.readTree(FormatsDocument.example("description"));
    assertThat(JSON.readTree(described().toJson())).isEqualTo(example);
    assertThat(described().provenance().data().photosPerLabel()).containsExactly(35, 24, 26, 63);
  }

  @Test
  void everyFieldOfADescriptionIsExplained() throws Exception {
    List<String> names = new ArrayList<>();
    addPaths(JSON.readTree(FormatsDocument.example("description")), "", names);
    names.remove("provenance");
    // Groups that are explained by their fields.
    names.removeAll(Set.of("backbone", "split", "teaching", "data", "familiarity"));
    names.removeIf(name -> name.startsWith("options."));
    assertThat(FormatsDocument.fields()).containsAll(names);
  }

  private static void addPaths(JsonNode node, String prefix, List<String> names) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String path = prefix + field.getKey();
      names.add(path);
      addPaths(field.getValue(), path.equals("provenance") ? "" : path + ".", names);
    }
  }

  @Test
  void theInputAndOutputOfAnOnnxFileAreThoseOfTheExample() throws Exception {
    Path file = folder.resolve("model.onnx");
    FinalLayer layer = new FinalLayer(3, new float[12], new float[4]);
    ModelDescription ofTinySize =
        new ModelDescription(
            described().format(),
            described().labels(),
            described().inputLayer(),
            described().outputLayer(),
            TinyModel.INPUT.height(),
            TinyModel.INPUT.width(),
            described().alpha(),
            described().provenance());
    OnnxExport.of(Model.of(TinyModel.backbone(folder), layer, ofTinySize), Overrides.NONE)
        .write(file, List.of(), Engines.auto(), 1);
    GraphProto graph = ModelProto.parseFrom(Files.readAllBytes(file)).getGraph();

    String example = FormatsDocument.example("onnx").replace("224, 224", "4, 5");
    assertThat(example.lines().map(line -> line.split(" {2,}")))
        .extracting(columns -> List.of(columns).subList(0, 3))
        .containsExactly(
            List.of("input", "image", shape(graph.getInput(0))),
            List.of("output", "probabilities", shape(graph.getOutput(0))));
    assertThat(graph.getInput(0).getName()).isEqualTo("image");
    assertThat(graph.getOutput(0).getName()).isEqualTo("probabilities");
  }

  private static String shape(ValueInfoProto value) {
    return "float32 "
        + value.getType().getTensorType().getShape().getDimList().stream()
            .map(axis -> axis.hasDimParam() ? axis.getDimParam() : "" + axis.getDimValue())
            .toList();
  }

  @Test
  void theNodesAreThoseOfTheTable() throws Exception {
    Path file = folder.resolve("graph.pb");
    model().writeGraph(file);
    List<List<String>> written = new ArrayList<>();
    for (NodeDef node : GraphDef.parseFrom(Files.readAllBytes(file)).getNodeList()) {
      boolean ofBackbone = node.getName().startsWith("backbone/");
      List<String> row =
          ofBackbone ? List.of("backbone/...") : List.of(node.getName(), node.getOp());
      if (!written.contains(row)) {
        written.add(row);
      }
    }
    List<List<String>> documented =
        FormatsDocument.columns("nodes").stream()
            .map(row -> row.subList(0, row.get(0).equals("backbone/...") ? 1 : 2))
            .toList();
    assertThat(written).isEqualTo(documented);
  }

  @Test
  void theLabelsFileIsThatOfTheExample() throws Exception {
    Path file = folder.resolve("labels.txt");
    model().writeLabels(file);
    assertThat(Files.readString(file)).isEqualTo(FormatsDocument.example("labels"));
  }

  @Test
  void theSignatureIsThatOfTheExample() throws Exception {
    Path saved = folder.resolve("saved");
    model().writeSavedModel(saved);
    SavedModel read = SavedModel.parseFrom(Files.readAllBytes(saved.resolve("saved_model.pb")));

    assertThat(read.getSavedModelSchemaVersion()).isEqualTo(1);
    assertThat(read.getMetaGraphsList()).hasSize(1);
    assertThat(read.getMetaGraphs(0).getMetaInfoDef().getTagsList()).containsExactly("serve");
    Map<String, SignatureDef> signatures = read.getMetaGraphs(0).getSignatureDefMap();
    assertThat(signatures).hasSize(1);
    List<List<String>> rows = new ArrayList<>();
    signatures.forEach(
        (name, signature) -> {
          rows.add(List.of(name + " (" + signature.getMethodName() + ")"));
          signature.getInputsMap().forEach((key, info) -> rows.add(row("input", key, info)));
          signature.getOutputsMap().forEach((key, info) -> rows.add(row("output", key, info)));
        });
    assertThat(rows).isEqualTo(FormatsDocument.columns("signature"));
  }

  private static List<String> row(String direction, String key, TensorInfo info) {
    assertThat(info.getDtype()).isEqualTo(DataType.DT_FLOAT);
    String shape =
        info.getTensorShape().getDimList().stream()
            .map(dim -> Long.toString(dim.getSize()))
            .collect(Collectors.joining(", ", "float32 [", "]"));
    return List.of("", direction, key, info.getName(), shape);
  }
}
