package org.pupil.model;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * A frozen graph as it was read from a file: Pupil's own, which describes itself, or another's.
 *
 * @param path the file
 * @param graph its nodes
 * @param description what it says of itself; empty for a graph that Pupil did not make
 */
public record ModelFile(Path path, GraphDef graph, Optional<ModelDescription> description) {
  /** More than the largest backbones by far, and what TensorFlow itself accepts. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - 8L;

  /**
   * Reads a graph.
   *
   * @throws PupilException (bad model) if there is no such file, or it is no graph
   */
  public static ModelFile read(Path path) {
    GraphDef graph = parse(path, readBytes(path));
    if (graph.getNodeCount() == 0) {
      throw notAGraph(path);
    }
    return new ModelFile(path, graph, description(path, graph));
  }

  private static byte[] readBytes(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw PupilException.badModel(
            path
                + " is a folder: give the .pb file of a graph, such as "
                + path.resolve("graph.pb"));
      }
      if (Files.size(path) > MAX_BYTES) {
        throw PupilException.badModel(path + " is larger than 2 GB, which no graph can be");
      }
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw PupilException.badModel("there is no graph " + path + ": teach one with retrain", e);
    } catch (IOException e) {
      throw PupilException.badModel(
          "cannot read the graph " + path + ": " + FileTrouble.reason(e), e);
    }
  }

  private static GraphDef parse(Path path, byte[] bytes) {
    try {
      return GraphDef.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw notAGraph(path);
    }
  }

  private static PupilException notAGraph(Path path) {
    return PupilException.badModel(path + " is not a TensorFlow graph, or only a part of one");
  }

  private static Optional<ModelDescription> description(Path path, GraphDef graph) {
    NodeDef first = graph.getNode(0);
    if (!first.getName().equals(ModelGraph.DESCRIPTION_NODE)) {
      return Optional.empty();
    }
    var texts = first.getAttrOrThrow("value").getTensor().getStringValList();
    if (texts.isEmpty()) {
      throw PupilException.badModel(path + " carries a damaged description of itself");
    }
    return Optional.of(ModelDescription.fromJson(texts.get(0).toStringUtf8(), path));
  }
}
