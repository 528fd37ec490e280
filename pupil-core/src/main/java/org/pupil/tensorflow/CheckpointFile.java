package org.pupil.tensorflow;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;
import org.pupil.files.InputFile;
import org.pupil.files.Reason;
import org.pupil.graph.AllowedOperations;
import org.pupil.graph.Checkpoint;
import org.pupil.graph.Nodes;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorProto;
import org.pupil.log.proto.TensorShapeProto;
import org.pupil.log.proto.TrackableObjectGraph;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.types.TString;

/**
 * The values of a SavedModel's variables. They are read by TensorFlow's {@code RestoreV2} in a
 * graph that has nothing else: to load the whole model instead takes seconds for a large one, and
 * runs whatever its author put into it.
 */
public final class CheckpointFile implements Checkpoint {
  private static final String OBJECT_GRAPH = "_CHECKPOINTABLE_OBJECT_GRAPH";

  private final Path prefix;
  private final String where;

  /**
   * @param folder the SavedModel's
   * @param where what to call it in a message
   */
  public CheckpointFile(Path folder, String where) {
    this.prefix = folder.resolve("variables").resolve("variables");
    this.where = where;
  }

  @Override
  public List<TensorProto> values(List<Entry> entries, List<DataType> types) {
    return entries.isEmpty() ? List.of() : run(entries, types, CheckpointFile::proto);
  }

  @Override
  public Map<String, String> keysByName() {
    byte[] bytes =
        run(
                List.of(new Entry(OBJECT_GRAPH, "")),
                List.of(DataType.DT_STRING),
                tensor -> ((TString) tensor).asBytes().getObject())
            .get(0);
    Map<String, String> keys = new HashMap<>();
    List<String> twice = new ArrayList<>();
    for (TrackableObjectGraph.TrackableObject object : objects(bytes).getNodesList()) {
      for (TrackableObjectGraph.TrackableObject.SerializedTensor tensor :
          object.getAttributesList()) {
        String before = keys.put(tensor.getFullName(), tensor.getCheckpointKey());
        if (before != null && !before.equals(tensor.getCheckpointKey())) {
          twice.add(tensor.getFullName());
        }
      }
    }
    twice.forEach(keys::remove);
    return keys;
  }

  private TrackableObjectGraph objects(byte[] bytes) {
    try {
      return TrackableObjectGraph.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw PupilException.badModel(where + " is damaged: its list of objects cannot be read", e);
    }
  }

  private <T> List<T> run(List<Entry> entries, List<DataType> types, Function<Tensor, T> valueOf) {
    checkFiles();
    try (Graph graph =
        GraphLoader.load(restoring(entries, types), AllowedOperations.OF_RESTORING)) {
      try (Session session = new Session(graph)) {
        Session.Runner runner = session.runner();
        for (int i = 0; i < entries.size(); i++) {
          runner.fetch("restore", i);
        }
        List<T> values = new ArrayList<>();
        try (Result result = runner.run()) {
          result.forEach(tensor -> values.add(valueOf.apply(tensor.getValue())));
        }
        return values;
      }
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw PupilException.badModel(where + ": its variables cannot be read: " + Reason.of(e), e);
    }
  }

  /** TensorFlow would wait for a pipe, and read a device, without end. */
  private void checkFiles() {
    Path folder = prefix.getParent();
    if (!Files.isDirectory(folder)) {
      return; // TensorFlow says what is missing
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!Files.isDirectory(file)) {
          InputFile.checkRegular(file);
        }
      }
    } catch (IOException e) {
      throw PupilException.badModel(
          where + ": its variables cannot be read: " + FileTrouble.reason(e), e);
    }
  }

  private GraphDef restoring(List<Entry> entries, List<DataType> types) {
    TensorShapeProto vector =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dim.newBuilder().setSize(entries.size()))
            .build();
    return GraphDef.newBuilder()
        .addNode(
            strings("prefix", TensorShapeProto.getDefaultInstance(), List.of(prefix.toString())))
        .addNode(strings("keys", vector, entries.stream().map(Entry::key).toList()))
        .addNode(strings("slices", vector, entries.stream().map(Entry::slice).toList()))
        .addNode(
            NodeDef.newBuilder()
                .setName("restore")
                .setOp("RestoreV2")
                .addAllInput(List.of("prefix", "keys", "slices"))
                .putAttr("dtypes", Nodes.types(types)))
        .build();
  }

  private static NodeDef strings(String name, TensorShapeProto shape, List<String> values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_STRING).setTensorShape(shape);
    values.forEach(value -> tensor.addStringVal(ByteString.copyFromUtf8(value)));
    return Nodes.constant(name, tensor.build());
  }

  private static TensorProto proto(Tensor tensor) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : tensor.shape().asArray()) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    ByteDataBuffer data = tensor.asRawTensor().data();
    byte[] bytes = new byte[Math.toIntExact(data.size())];
    data.read(bytes);
    return TensorProto.newBuilder()
        .setDtypeValue(tensor.dataType().getNumber())
        .setTensorShape(shape)
        .setTensorContent(ByteString.copyFrom(bytes))
        .build();
  }
}
