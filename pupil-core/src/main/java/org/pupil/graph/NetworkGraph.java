package org.pupil.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pupil.log.proto.GraphDef;

/**
 * A frozen graph that is a network: from images to some outputs.
 *
 * @param graph without variables
 * @param input node that takes images: a float32 placeholder [n, height, width, 3] or [1, height,
 *     width, 3], or any other node that gives such values
 * @param outputs the node of each output, by the name of the output, in an order; at least one.
 *     Their first outputs are float32 and their first axis counts images
 */
public record NetworkGraph(GraphDef graph, String input, Map<String, String> outputs) {
  public NetworkGraph {
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("a network has at least one output");
    }
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }
}
