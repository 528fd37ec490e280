package org.pupil.labelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pupil.dataset.Labels;
import org.pupil.dataset.PhotoSource;
import org.pupil.engine.Engines;
import org.pupil.errors.PupilException;
import org.pupil.errors.PupilException.Kind;
import org.pupil.images.InputSpec;
import org.pupil.images.PerChannel;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.model.KnownPhotos;
import org.pupil.model.Model;
import org.pupil.model.ModelDescription;
import org.pupil.model.OnnxMetadata;
import org.pupil.model.TinyModel;
import org.pupil.network.Network;
import org.pupil.onnx.proto.ModelProto;
import org.pupil.onnx.proto.StringStringEntryProto;
import org.pupil.onnx.proto.ValueInfoProto;

/** What other programs get of a model, and that nothing else is left behind. */
class OnnxExportTest {
  private static final InputSpec UNIT =
      new InputSpec(TinyModel.INPUT.height(), TinyModel.INPUT.width(), 0, 255);

  @TempDir Path folder;
  private Path onnx;

  @BeforeEach
  void name() {
    onnx = folder.resolve("out/tiny.onnx");
  }

  private Model taught() {
    return Model.read(TinyModel.written(folder));
  }

  private Model foreign(NodeDef input, NodeDef... more) throws IOException {
    GraphDef.Builder graph =
        GraphDef.newBuilder().addNode(input).addNode(TinyModel.ints("axes", 1, 2));
    Stream.of(more).forEach(graph::addNode);
    return Model.read(Files.write(folder.resolve("foreign.pb"), graph.build().toByteArray()));
  }

  private static Overrides scaled(float mean, float std, String... labels) {
    return scaled(PerChannel.of(mean), PerChannel.of(std), labels);
  }

  private static Overrides scaled(PerChannel mean, PerChannel std, String... labels) {
    return new Overrides(
        Optional.of(new Labels(List.of(labels))),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.of(mean),
        Optional.of(std),
        Optional.empty());
  }

  private static PhotoSource photo(int number) {
    return PhotoSource.bytes(
        "photo " + number,
        Pictures.png(7, 9, (x, y) -> (number * 7919 + x * 271 + y * 65537) * 31 & 0xffffff));
  }

  private static List<PhotoSource> photos(int count) {
    return IntStream.range(0, count).mapToObj(OnnxExportTest::photo).toList();
  }

  private ModelProto read() throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(onnx));
  }

  private static String declared(ValueInfoProto value) {
    return value.getName()
        + value.getType().getTensorType().getShape().getDimList().stream()
            .map(
                axis ->
                    axis.hasDimParam() ? axis.getDimParam() : String.valueOf(axis.getDimValue()))
            .toList();
  }

  private static Map<String, String> metadata(ModelProto model) {
    return model.getMetadataPropsList().stream()
        .collect(
            Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
  }

  /** Images of which every pixel differs from its neighbours. */
  private static float[] unitPixels(int images) {
    float[] pixels = new float[images * UNIT.floats()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i * i * 37 % 251 / 250f;
    }
    return pixels;
  }

  private static List<Trust> trust(Model model) {
    List<Trust> found = new ArrayList<>();
    try (Labeller labeller = Labeller.open(model, Overrides.NONE, Engines.auto(), 1, 9)) {
      labeller.label(photos(9), photo -> found.add(photo.trust().orElseThrow()));
    }
    return found;
  }

  @Test
  void anExportedModelKnowsItsTrainingPhotosAndSoDoesTheExportOfAnExport() {
    Model own =
        Model.of(
            TinyModel.backbone(folder),
            TinyModel.layer(),
            TinyModel.description(),
            Optional.of(KnownPhotos.familiarity()));
    List<Trust> expected = trust(own);
    Path again = folder.resolve("again.onnx");
    OnnxExport.of(own, Overrides.NONE).write(onnx, List.of(), Engines.auto(), 1);
    OnnxExport.of(Model.read(onnx), Overrides.NONE).write(again, List.of(), Engines.auto(), 1);

    for (Path file : List.of(onnx, again)) {
      List<Trust> found = trust(Model.read(file));
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i).familiarity())
            .isCloseTo(expected.get(i).familiarity(), within(1e-5f));
        assertThat(found.get(i).unlikeTraining()).isEqualTo(expected.get(i).unlikeTraining());
        assertThat(found.get(i).undecided()).isEqualTo(expected.get(i).undecided());
      }
    }
  }

  @Test
  void theFileTakesUnitImagesChannelsFirstAndGivesWhatTheFormulaGives() throws IOException {
    OnnxExport.of(taught(), Overrides.NONE).write(onnx, photos(11), Engines.auto(), 2);

    ModelProto model = read();
    assertThat(model.getGraph().getInputList())
        .singleElement()
        .satisfies(input -> assertThat(declared(input)).isEqualTo("image[n, 3, 4, 5]"));
    assertThat(model.getGraph().getOutputList())
        .singleElement()
        .satisfies(output -> assertThat(declared(output)).isEqualTo("probabilities[n, 3]"));
    float[] pixels = unitPixels(3);
    try (Network network = Engines.exported(model.toByteArray(), UNIT, "some model")) {
      float[] found = network.run(pixels, 3).values("probabilities");
      for (int image = 0; image < 3; image++) {
        float[] one =
            Arrays.copyOfRange(pixels, image * UNIT.floats(), (image + 1) * UNIT.floats());
        double[] expected = TinyModel.probabilities(one);
        for (int label = 0; label < 3; label++) {
          assertThat((double) found[image * 3 + label]).isCloseTo(expected[label], within(1e-6));
        }
      }
    }
  }

  @Test
  void theDescriptionIsThatOfTheModelWithTheNewNames() throws IOException {
    OnnxExport.of(taught(), Overrides.NONE).write(onnx, List.of(), Engines.auto(), 1);

    ModelDescription own = TinyModel.description();
    assertThat(OnnxMetadata.read(read(), onnx))
        .contains(
            new ModelDescription(
                1,
                own.labels(),
                "image",
                "probabilities",
                own.inputHeight(),
                own.inputWidth(),
                own.alpha(),
                own.provenance()));
    assertThat(metadata(read())).containsEntry("labels", "[\"ant\",\"bee\",\"wasp 2\"]");
  }

  @Test
  void whatWasComparedIsTold() {
    OnnxExport export = OnnxExport.of(taught(), Overrides.NONE);

    OnnxExport.Exported onPhotos = export.write(onnx, photos(11), Engines.auto(), 2);
    assertThat(onPhotos.photos()).isEqualTo(11);
    assertThat(onPhotos.isMadeUp()).isFalse();
    assertThat(onPhotos.greatestDifference()).isBetween(0f, 1e-6f);
    assertThat(export.write(onnx, List.of(), Engines.auto(), 1).comparison())
        .endsWith("on 3 made-up images");
    assertThat(new OnnxExport.Exported(onnx, 1, false, 1.3e-7f).comparison())
        .isEqualTo("probabilities differ by at most 1.3e-07 on 1 photo");
    assertThat(new OnnxExport.Exported(onnx, 2, false, 0).comparison())
        .isEqualTo("probabilities are the same on 2 photos");
  }

  @Test
  void aForeignGraphGetsItsScalingAndItsLabels() throws IOException {
    Model model =
        foreign(
            TinyModel.placeholder("input", DataType.DT_FLOAT, -1, 4, 5, 3),
            TinyModel.mean("final_result", "input", "axes"));

    OnnxExport.of(model, scaled(-100, 31, "red", "green", "blue"))
        .write(onnx, photos(3), Engines.auto(), 1);

    assertThat(metadata(read()))
        .containsEntry("labels", "[\"red\",\"green\",\"blue\"]")
        .doesNotContainKey("pupil.model");
    float[] white = new float[UNIT.floats()];
    Arrays.fill(white, 1);
    try (Network network = Engines.exported(Files.readAllBytes(onnx), UNIT, "some model")) {
      for (float mean : network.run(white, 1).values("probabilities")) {
        assertThat(mean).isCloseTo((255 + 100) / 31f, within(1e-5f));
      }
    }
  }

  /** It says itself what is on which output, and that its pixels are in [0, 1]. */
  @Test
  void theExportOfAForeignGraphLabelsPhotosAsTheGraphDoes() throws IOException {
    Model model =
        foreign(
            TinyModel.placeholder("input", DataType.DT_FLOAT, -1, 4, 5, 3),
            TinyModel.mean("final_result", "input", "axes"));
    Overrides overrides = scaled(-100, 31, "red", "green", "blue");
    OnnxExport.of(model, overrides).write(onnx, photos(1), Engines.auto(), 1);

    List<LabelProbability> expected = answer(model, overrides);
    List<LabelProbability> found = answer(Model.read(onnx), Overrides.NONE);

    assertThat(found).extracting(LabelProbability::label).containsOnly("red", "green", "blue");
    for (int i = 0; i < 3; i++) {
      assertThat(found.get(i).label()).isEqualTo(expected.get(i).label());
      assertThat(found.get(i).probability())
          .isCloseTo(expected.get(i).probability(), within(1e-5f));
    }
  }

  private static List<LabelProbability> answer(Model model, Overrides overrides) {
    List<LabelProbability> all = new ArrayList<>();
    try (Labeller labeller = Labeller.open(model, overrides, Engines.auto(), 1, 1)) {
      labeller.label(List.of(photo(5)), photo -> all.addAll(photo.labels()));
    }
    return all;
  }

  @Test
  void eachChannelHasItsOwnScaling() throws IOException {
    Model model =
        foreign(
            TinyModel.placeholder("input", DataType.DT_FLOAT, -1, 4, 5, 3),
            TinyModel.mean("final_result", "input", "axes"));
    PerChannel mean = new PerChannel(10, 20, 30);
    PerChannel std = new PerChannel(40, 50, 60);

    OnnxExport.of(model, scaled(mean, std, "red", "green", "blue"))
        .write(onnx, photos(3), Engines.auto(), 1);

    try (Network network = Engines.exported(Files.readAllBytes(onnx), UNIT, "some model")) {
      float[] black = network.run(new float[UNIT.floats()], 1).values("probabilities");
      assertThat(black).containsExactly(new float[] {-0.25f, -0.4f, -0.5f}, within(1e-6f));
    }
  }

  /** An export is a model itself, and can be exported again, as can be one on an ONNX backbone. */
  @Test
  void anOnnxModelIsExportedToo() throws IOException {
    OnnxExport.of(taught(), Overrides.NONE).write(onnx, photos(1), Engines.auto(), 1);
    Path again = folder.resolve("again.onnx");

    OnnxExport.Exported exported =
        OnnxExport.of(Model.read(onnx), Overrides.NONE).write(again, photos(5), Engines.auto(), 2);

    assertThat(exported.greatestDifference()).isLessThan(1e-6f);
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(again));
    assertThat(declared(model.getGraph().getInput(0))).isEqualTo("image[n, 3, 4, 5]");
    assertThat(declared(model.getGraph().getOutput(0))).isEqualTo("probabilities[n, 3]");
    assertThat(OnnxMetadata.read(model, again)).isEqualTo(OnnxMetadata.read(read(), onnx));
  }

  @Test
  void aGraphForOneImageTakesOneAtATime() throws IOException {
    Model model =
        foreign(
            TinyModel.placeholder("input", DataType.DT_FLOAT, 1, 4, 5, 3),
            TinyModel.mean("mean", "input", "axes"),
            TinyModel.ints("lengths", 1, 3),
            TinyModel.node("final_result", "Reshape", "mean", "lengths"));

    OnnxExport.of(model, scaled(0, 255, "red", "green", "blue"))
        .write(onnx, photos(3), Engines.auto(), 1);

    assertThat(declared(read().getGraph().getInput(0))).isEqualTo("image[1, 3, 4, 5]");
    assertThat(declared(read().getGraph().getOutput(0))).isEqualTo("probabilities[1, 3]");
  }

  @Test
  void aMapOfOnePixelBecomesAVector() throws IOException {
    NodeDef map =
        TinyModel.mean("final_result", "input", "axes").toBuilder()
            .putAttr("keep_dims", TinyModel.type(DataType.DT_FLOAT).toBuilder().setB(true).build())
            .build();
    Model model = foreign(TinyModel.placeholder("input", DataType.DT_FLOAT, -1, 4, 5, 3), map);

    OnnxExport.of(model, scaled(0, 255, "red", "green", "blue"))
        .write(onnx, photos(3), Engines.auto(), 1);

    assertThat(declared(read().getGraph().getOutput(0))).isEqualTo("probabilities[n, 3]");
  }

  @Test
  void tensorsOfTheSameNamesAsInputAndOutputDoNoHarm() throws IOException {
    Model model =
        foreign(
            TinyModel.placeholder("input", DataType.DT_FLOAT, -1, 4, 5, 3),
            TinyModel.node("image", "Relu", "input"),
            TinyModel.node("probabilities", "Relu6", "image"),
            TinyModel.mean("final_result", "probabilities", "axes"));

    OnnxExport.Exported exported =
        OnnxExport.of(model, scaled(10, 20, "red", "green", "blue"))
            .write(onnx, photos(3), Engines.auto(), 1);

    assertThat(exported.greatestDifference()).isLessThan(1e-5f);
  }

  @Test
  void anOperationThatCannotBeConvertedIsNamed() throws IOException {
    Model model =
        foreign(
            TinyModel.placeholder("input", DataType.DT_FLOAT, -1, 4, 5, 3),
            TinyModel.mean("mean", "input", "axes"),
            TinyModel.node("final_result", "Rint", "mean"));

    assertThatThrownBy(() -> OnnxExport.of(model, scaled(0, 255, "red", "green", "blue")))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL))
        .hasMessageContaining("final_result (Rint) cannot be converted to ONNX");
  }

  /** Numbers that are no probabilities, so large that rounding is a difference. */
  @Test
  void aDifferenceIsAnErrorAndLeavesNoFile() throws IOException {
    Model model =
        foreign(
            TinyModel.placeholder("input", DataType.DT_FLOAT, -1, 4, 5, 3),
            TinyModel.mean("final_result", "input", "axes"));
    OnnxExport export = OnnxExport.of(model, scaled(3, 1e-5f, "red", "green", "blue"));

    assertThatThrownBy(() -> export.write(onnx, photos(3), Engines.auto(), 1))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_MODEL))
        .hasMessageMatching(
            "not exported: of photo 0, the ONNX model says red .* and .*/foreign.pb says .*");
    assertThat(onnx.getParent()).doesNotExist();
  }

  @Test
  void anotherNumberOfLabelsIsAnError() throws IOException {
    Model model =
        foreign(
            TinyModel.placeholder("input", DataType.DT_FLOAT, -1, 4, 5, 3),
            TinyModel.mean("final_result", "input", "axes"));
    OnnxExport export = OnnxExport.of(model, scaled(0, 255, "light", "dark"));

    assertThatThrownBy(() -> export.write(onnx, photos(3), Engines.auto(), 1))
        .hasMessageStartingWith("the model has 3 outputs, but there are 2 labels");
    assertThat(onnx).doesNotExist();
  }

  @Test
  void aPhotoThatCannotBeReadIsAnErrorAndAnOldFileStays() throws IOException {
    Files.createDirectories(onnx.getParent());
    Files.writeString(onnx, "precious");
    OnnxExport export = OnnxExport.of(taught(), Overrides.NONE);
    List<PhotoSource> photos = List.of(photo(1), PhotoSource.bytes("no photo", new byte[] {1, 2}));

    assertThatThrownBy(() -> export.write(onnx, photos, Engines.auto(), 1))
        .isInstanceOfSatisfying(
            PupilException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_INPUT))
        .hasMessageStartingWith("no photo: ");
    assertThat(onnx).hasContent("precious");
  }
}
