package org.pupil.tensorflow;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.Optional;
import org.pupil.graph.AllowedOperations;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.tensorflow.Graph;

/**
 * The one way for a graph into TensorFlow: nobody else calls {@code importGraphDef}, and a test
 * holds this. What is not on the list is refused before TensorFlow sees it, since loading alone
 * makes it run parts of a graph that look constant to it.
 */
public final class GraphLoader {
  private GraphLoader() {}

  /**
   * Loads a graph. Its library of functions is left out, and so are the places and hints that it
   * was trained with.
   *
   * @param allowed the operations that it may have
   * @return a native graph, which the caller closes
   * @throws IllegalArgumentException if it has others; with the node's name
   * @throws RuntimeException if TensorFlow does not accept it
   */
  public static Graph load(GraphDef definition, AllowedOperations allowed) {
    refuse(allowed.trouble(definition));
    NativeLibrary.load();
    Graph graph = new Graph();
    try {
      graph.importGraphDef(carrier(plain(definition)));
      if (allowed == AllowedOperations.OF_NETWORKS) {
        refuse(UnknownRanks.trouble(definition, graph));
      }
      return graph;
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  private static void refuse(Optional<String> trouble) {
    trouble.ifPresent(
        reason -> {
          throw new IllegalArgumentException(reason);
        });
  }

  /**
   * TensorFlow's own class of the message. It only hands the bytes on, so it need not know what
   * they mean: a graph of many megabytes is not taken apart a second time.
   */
  private static org.tensorflow.proto.GraphDef carrier(GraphDef definition) {
    try {
      return org.tensorflow.proto.GraphDef.newBuilder()
          .setUnknownFields(UnknownFieldSet.parseFrom(definition.toByteString()))
          .build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message that was just written cannot be read", e);
    }
  }

  /** The nodes with nothing but what they compute. */
  private static GraphDef plain(GraphDef definition) {
    GraphDef.Builder plain = definition.toBuilder().clearLibrary();
    for (int i = 0; i < plain.getNodeCount(); i++) {
      NodeDef node = plain.getNode(i);
      if (!node.getDevice().isEmpty() || hasHint(node)) {
        plain.setNode(i, withoutHints(node));
      }
    }
    return plain.build();
  }

  private static boolean hasHint(NodeDef node) {
    for (String attribute : node.getAttrMap().keySet()) {
      if (isHint(attribute)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHint(String attribute) {
    return attribute.startsWith("_");
  }

  private static NodeDef withoutHints(NodeDef node) {
    NodeDef.Builder plain = node.toBuilder().clearDevice();
    node.getAttrMap().keySet().stream().filter(GraphLoader::isHint).forEach(plain::removeAttr);
    return plain.build();
  }
}
