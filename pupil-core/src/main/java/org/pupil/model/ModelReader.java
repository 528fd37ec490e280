package org.pupil.model;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/** Reads models from files, and graphs that others made. */
final class ModelReader {
  private static final Path OF_STREAM = Path.of("the model");

  private ModelReader() {}

  static Model read(Path path) {
    return described(path, graph(path));
  }

  static Model read(InputStream in) {
    try {
      return described(OF_STREAM, notEmpty(Messages.read(in, GraphDef.parser()), OF_STREAM));
    } catch (InvalidProtocolBufferException e) {
      throw noGraph(OF_STREAM, e);
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
    return new Model(path, graph, description);
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
      if (Files.isDirectory(path)) {
        throw PupilException.badModel(
            path
                + " is a folder: give the .pb file of a graph, such as "
                + path.resolve("graph.pb"));
      }
      return notEmpty(Messages.read(path, GraphDef.parser()), path);
    } catch (InvalidProtocolBufferException e) {
      throw noGraph(path, e);
    } catch (NoSuchFileException e) {
      throw PupilException.badModel("there is no graph " + path + ": train one with retrain", e);
    } catch (AccessDeniedException e) {
      throw PupilException.badModel("no permission to read the graph " + path, e);
    } catch (IOException e) {
      throw PupilException.badModel(
          "cannot read the graph " + path + ": " + FileTrouble.reason(e), e);
    }
  }

  private static GraphDef notEmpty(GraphDef graph, Path path) {
    if (graph.getNodeCount() == 0) {
      throw PupilException.badModel(path + " is not a TensorFlow graph: it has no nodes");
    }
    return graph;
  }

  private static PupilException noGraph(Path path, InvalidProtocolBufferException e) {
    return PupilException.badModel(
        "%s is not a TensorFlow graph, or only a part of one (%s)".formatted(path, reason(e)), e);
  }

  /** The first sentence of what protobuf says, which goes on for several lines. */
  private static String reason(InvalidProtocolBufferException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").split("[.] ", 2)[0];
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
      throw PupilException.badModel(
          path
              + " is only a part of a model: the file was cut off; train it again or copy it again");
    }
  }
}
