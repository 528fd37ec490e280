package org.pupil.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.NodeDef;

class NodesTest {
  /** Maps have another order in each process, and a model is known by its bytes. */
  @Test
  void theSameNodeIsTheSameBytesWhateverTheOrderOfItsAttributes() {
    Map<String, AttrValue> oneWay = new LinkedHashMap<>();
    oneWay.put("axis", Nodes.integer(1));
    oneWay.put("T", Nodes.integer(2));
    Map<String, AttrValue> otherWay = new LinkedHashMap<>();
    otherWay.put("T", Nodes.integer(2));
    otherWay.put("axis", Nodes.integer(1));
    NodeDef node = Nodes.node("sum", "Sum", oneWay, "input");
    assertThat(node.toByteString())
        .isEqualTo(Nodes.node("sum", "Sum", otherWay, "input").toByteString());
    assertThat(node.getAttrMap().keySet()).containsExactly("T", "axis");
  }
}
