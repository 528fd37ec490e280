package org.pupil.model;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.familiarity.Familiarity;
import org.pupil.files.FileTrouble;
import org.pupil.graph.GraphFiles;
import org.pupil.graph.Nodes;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.network.NetworkFormat;
import org.pupil.onnx.OnnxFile;
import org.pupil.onnx.proto.ModelProto;

/** Reads models from files, and graphs that others made. */
final class ModelReader {
  private static final Path OF_STREAM = Path.of("the model");

  /** An ONNX model begins with its version, as a number; a graph with a node. */
  private static final int ONNX_BEGINNING = 0x08;

  private ModelReader() {}

  /** Reads a graph, so that the classes that this takes are there for the next one. */
  static void readExample() {
    GraphDef example = GraphDef.newBuilder().addNode(Nodes.constant("example", "")).build();
    read(new ByteArrayInputStream(example.toByteArray()));
  }

  static Model read(Path path) {
    return NetworkFormat.ONNX.isNamedBy(path) ? onnx(path) : described(path, graph(path));
  }

  static Model read(InputStream in) {
    boolean isOnnx = false;
    try {
      PushbackInputStream content = new PushbackInputStream(in);
      int first = content.read();
      if (first < 0) {
        throw empty(OF_STREAM);
      }
      content.unread(first);
      isOnnx = first == ONNX_BEGINNING;
      return isOnnx
          ? onnx(OF_STREAM, Messages.read(content, ModelProto.parser()))
          : described(OF_STREAM, notEmpty(Messages.read(content, GraphDef.parser()), OF_STREAM));
    } catch (InvalidProtocolBufferException e) {
      throw isOnnx ? noOnnx(OF_STREAM, e) : noGraph(OF_STREAM, e);
    } catch (IOException e) {
      throw PupilException.badModel("cannot read the graph: " + FileTrouble.reason(e), e);
    }
  }

  private static Model described(Path path, GraphDef graph) {
    Optional<ModelDescription> description =
        graph.getNodeList().stream()
            .filter(node -> node.getName().equals(ModelGraph.DESCRIPTION_NODE))
            .findFirst()
            .map(node -> description(text(node, path), graph, path));
    Optional<Familiarity> familiarity = description.flatMap(own -> KeptPhotos.of(graph, own, path));
    return new Model(path, new ModelContent.OfTensorFlow(graph), description, familiarity);
  }

  private static Model onnx(Path path) {
    try {
      check(path);
      return onnx(path, Messages.read(path, ModelProto.parser()));
    } catch (InvalidProtocolBufferException e) {
      throw noOnnx(path, e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static Model onnx(Path path, ModelProto model) {
    OnnxFile file = OnnxFile.of(model, path.toString());
    Optional<ModelDescription> description = OnnxMetadata.read(model, path);
    description.ifPresent(
        own -> {
          if (!file.inputs().contains(own.inputLayer())
              || !file.outputs().contains(own.outputLayer())) {
            throw partly(path);
          }
        });
    Optional<Familiarity> familiarity = description.flatMap(own -> KeptPhotos.of(model, own, path));
    return new Model(path, new ModelContent.OfOnnx(model), description, familiarity);
  }

  private static ModelDescription description(String text, GraphDef graph, Path path) {
    ModelDescription description = ModelDescription.fromJson(text, path);
    checkWhole(graph, description, path);
    if (ModelChecksum.isBroken(text, graph.getNodeList())) {
      throw ModelChecksum.broken(path);
    }
    return description;
  }

  private static GraphDef graph(Path path) {
    try {
      check(path);
      return notEmpty(Messages.read(path, GraphDef.parser()), path);
    } catch (InvalidProtocolBufferException e) {
      throw noGraph(path, e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static void check(Path path) throws IOException {
    if (SavedModelFolder.isOne(path)) {
      throw PupilException.badModel(
          path
              + " is a SavedModel, which is for other programs: give the graph.pb that the same"
              + " training run wrote");
    }
    if (Files.isDirectory(path)) {
      throw PupilException.badModel(
          path
              + " is a folder: give the file of a graph, such as "
              + NetworkFormat.newestIn(path, "graph"));
    }
    if (Files.isRegularFile(path) && Files.size(path) == 0) {
      throw empty(path);
    }
  }

  private static PupilException empty(Path path) {
    return PupilException.badModel(path + " is empty: copy it again, or train it again");
  }

  private static PupilException unreadable(Path path, IOException e) {
    if (e instanceof NoSuchFileException) {
      return PupilException.badModel("there is no graph " + path + ": train one with retrain", e);
    }
    return e instanceof AccessDeniedException
        ? PupilException.badModel("no permission to read the graph " + path, e)
        : PupilException.badModel(
            "cannot read the graph " + path + ": " + FileTrouble.reason(e), e);
  }

  private static GraphDef notEmpty(GraphDef graph, Path path) {
    if (graph.getNodeCount() == 0) {
      throw PupilException.badModel(path + " is not a TensorFlow graph: it has no nodes");
    }
    return graph;
  }

  private static PupilException noOnnx(Path path, InvalidProtocolBufferException e) {
    return PupilException.badModel(
        path + " is not an ONNX model, or only a part of one: copy it or export it anew", e);
  }

  private static PupilException noGraph(Path path, InvalidProtocolBufferException e) {
    return PupilException.badModel(
        path
            + " is not a TensorFlow graph, or only a part of one: copy it again, or train it again"
            + GraphFiles.IF_IT_IS_ONNX,
        e);
  }

  private static String text(NodeDef node, Path path) {
    var texts =
        node.getAttrOrDefault("value", AttrValue.getDefaultInstance())
            .getTensor()
            .getStringValList();
    if (texts.size() != 1) {
      throw ModelDescription.damaged(path, null);
    }
    return texts.get(0).toStringUtf8();
  }

  /** The versions stand behind all nodes, so a file that ends too early lacks at least them. */
  private static void checkWhole(GraphDef graph, ModelDescription own, Path path) {
    List<String> names = graph.getNodeList().stream().map(NodeDef::getName).toList();
    if (!graph.hasVersions()
        || !names.contains(own.inputLayer())
        || !names.contains(own.outputLayer())) {
      throw partly(path);
    }
  }

  private static PupilException partly(Path path) {
    return PupilException.badModel(
        path + " is only a part of a model: the file was cut off; train it again or copy it again");
  }
}
