package org.pupil.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;

/** Whatever a graph says: it is converted, or refused in one line. */
class GraphConverterFuzzTest {
  private static List<OperationsTest.Case> cases;

  @BeforeContainer
  static void read() throws IOException {
    cases = OperationsTest.cases();
  }

  private static void assertConvertedOrRefused(GraphDef graph, long[] shape) {
    try {
      assertThat(
              GraphConverter.convert(graph, "input", shape, List.of("output"))
                  .getGraph()
                  .getOutputCount())
          .isEqualTo(1);
    } catch (ConversionException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    } catch (PupilException e) {
      assertThat(e.kind()).isEqualTo(PupilException.Kind.BAD_MODEL);
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
    }
  }

  private static OperationsTest.Case any(Random random) {
    return cases.get(random.nextInt(cases.size()));
  }

  @Property(tries = 2000)
  void aGraphWithDamagedBytes(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 8) int times) {
    OperationsTest.Case example = any(random);
    byte[] damaged = example.graph().toByteArray();
    for (int i = 0; i < times; i++) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    GraphDef graph;
    try {
      graph = GraphDef.parseFrom(damaged);
    } catch (InvalidProtocolBufferException e) {
      return; // such a file is refused before it comes here
    }
    assertConvertedOrRefused(graph, example.fed().shape().lengths());
  }

  @Property(tries = 1000)
  void aGraphWithTheInputsAndAttributesOfOthers(@ForAll Random random) {
    OperationsTest.Case example = any(random);
    GraphDef.Builder graph = example.graph().toBuilder();
    NodeDef other = any(random).graph().getNode(random.nextInt(2));
    int changed = random.nextInt(graph.getNodeCount());
    NodeDef.Builder node = graph.getNodeBuilder(changed);
    switch (random.nextInt(4)) {
      case 0 -> node.putAllAttr(other.getAttrMap());
      case 1 -> node.setOp(other.getOp());
      case 2 -> node.addInput(graph.getNode(random.nextInt(graph.getNodeCount())).getName());
      default -> node.clearInput().addInput(graph.getNode(0).getName());
    }
    assertConvertedOrRefused(graph.build(), example.fed().shape().lengths());
  }

  @Property(tries = 500)
  void aGraphForImagesOfAnotherShape(
      @ForAll Random random,
      @ForAll @IntRange(min = -1, max = 5) int first,
      @ForAll @IntRange(min = -2, max = 9) int second,
      @ForAll @IntRange(min = 0, max = 4096) int third) {
    OperationsTest.Case example = any(random);
    assertConvertedOrRefused(example.graph(), new long[] {first, second, third, 3});
    assertConvertedOrRefused(example.graph(), new long[] {first, third});
  }
}
