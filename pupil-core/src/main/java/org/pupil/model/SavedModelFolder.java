package org.pupil.model;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.FileTrouble;
import org.pupil.files.WholeFolder;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.MetaGraphDef;
import org.pupil.log.proto.SavedModel;
import org.pupil.log.proto.SignatureDef;
import org.pupil.log.proto.TensorInfo;
import org.pupil.log.proto.TensorShapeProto;

/**
 * A model in TensorFlow's SavedModel format: the same frozen graph with a signature. It needs no
 * {@code variables} folder, since all weights are constants.
 */
final class SavedModelFolder {
  private static final String FILE = "saved_model.pb";
  private static final long SCHEMA_VERSION = 1;

  private SavedModelFolder() {}

  /** Whether there is a SavedModel in a folder. */
  static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  /**
   * Checks that a folder may be written: it does not exist, is empty, or holds a SavedModel that
   * Pupil made and nothing else.
   *
   * @throws PupilException (unavailable) if it holds anything else, or the folder above it cannot
   *     be written
   */
  static void checkReplaceable(Path folder) {
    Path target = folder.toAbsolutePath().normalize();
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      checkContent(folder, target);
    }
    WholeFolder.checkWritable(Setting.SAVED_MODEL_DIR, folder);
  }

  private static void checkContent(Path asTyped, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw PupilException.unavailable(
          Message.of(
              Setting.SAVED_MODEL_DIR, ": " + asTyped + " is a file; give the name of a folder"));
    }
    try (Stream<Path> content = Files.list(folder)) {
      for (Path file : content.sorted().toList()) {
        if (!file.equals(folder.resolve(FILE)) || !isPupils(file)) {
          throw PupilException.unavailable(
              Message.of(
                  Setting.SAVED_MODEL_DIR,
                  ": %s holds %s, which Pupil did not make; give a folder that does not exist"
                      .formatted(asTyped, file.getFileName())));
        }
      }
    } catch (IOException e) {
      throw PupilException.unavailable(
          Message.of(
              Setting.SAVED_MODEL_DIR, ": cannot read " + asTyped + ": " + FileTrouble.reason(e)),
          e);
    }
  }

  private static boolean isPupils(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      SavedModel model = Messages.read(file, SavedModel.parser());
      return model.getMetaGraphsCount() == 1
          && model.getMetaGraphs(0).getGraphDef().getNodeCount() > 0
          && model
              .getMetaGraphs(0)
              .getGraphDef()
              .getNode(0)
              .getName()
              .equals(ModelGraph.DESCRIPTION_NODE);
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  static void write(Path folder, GraphDef graph, ModelDescription description) {
    TensorInfo image =
        tensor(
            description.inputLayer(), -1, description.inputHeight(), description.inputWidth(), 3);
    TensorInfo prediction = tensor(description.outputLayer(), -1, description.labels().size());
    MetaGraphDef metaGraph =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
            .setGraphDef(graph)
            .putSignatureDef(
                "serving_default",
                SignatureDef.newBuilder()
                    .setMethodName("tensorflow/serving/predict")
                    .putInputs("image", image)
                    .putOutputs("prediction", prediction)
                    .build())
            .build();
    SavedModel model =
        SavedModel.newBuilder()
            .setSavedModelSchemaVersion(SCHEMA_VERSION)
            .addMetaGraphs(metaGraph)
            .build();
    WholeFolder.write(folder, Map.of(FILE, model.toByteArray()));
  }

  private static TensorInfo tensor(String node, long... shape) {
    TensorShapeProto.Builder lengths = TensorShapeProto.newBuilder();
    for (long length : shape) {
      lengths.addDim(TensorShapeProto.Dim.newBuilder().setSize(length));
    }
    return TensorInfo.newBuilder()
        .setName(node + ":0")
        .setDtype(DataType.DT_FLOAT)
        .setTensorShape(lengths)
        .build();
  }
}
