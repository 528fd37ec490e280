package org.pupil.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.pupil.errors.PupilException;
import org.pupil.onnx.proto.ModelProto;

/** ONNX's own test cases of single operations, as {@code onnx_sizes.py} packs them. */
class OnnxSizeCasesTest {
  /** What is refused, although ONNX can do it. */
  private static final Set<String> REFUSED =
      Set.of(
          "training mode",
          "is not among those known",
          "keeps the aspect ratio",
          "divides a size by 0",
          "sums up an axis of length 0",
          "has no numbers",
          "divides whole numbers by some that are not known",
          "a size depends on what is on the photo");

  /** Operations of which ONNX has no small case of one node and these types. */
  private static final Set<String> WITHOUT_CASE = Set.of("GlobalLpPool", "Cast", "CastLike");

  private static long[] lengths(String text) {
    return text.isEmpty()
        ? new long[0]
        : Arrays.stream(text.split(",", -1)).mapToLong(Long::parseLong).toArray();
  }

  private static Map<String, String> notes(ModelProto model) {
    Map<String, String> notes = new HashMap<>();
    model.getMetadataPropsList().forEach(entry -> notes.put(entry.getKey(), entry.getValue()));
    return notes;
  }

  private static List<ModelProto> cases() throws IOException {
    List<ModelProto> cases = new ArrayList<>();
    try (InputStream packed = OnnxSizeCasesTest.class.getResourceAsStream("sizes.cases.gz");
        InputStream in = new GZIPInputStream(packed)) {
      ModelProto next = ModelProto.parseDelimitedFrom(in);
      while (next != null) {
        cases.add(next);
        next = ModelProto.parseDelimitedFrom(in);
      }
    }
    return cases;
  }

  @Test
  void whatOnnxSaysIsWhatTheRulesSay() throws IOException {
    Set<String> operations = new HashSet<>();
    int compared = 0;
    for (ModelProto model : cases()) {
      String operation = model.getGraph().getNode(0).getOpType();
      if (SizeRule.ALL.containsKey(operation)) {
        Map<String, String> notes = notes(model);
        compared += compare(model, notes) ? 1 : 0;
        operations.add(operation);
      }
    }
    assertThat(compared).isGreaterThan(450);
    Set<String> missing = new TreeSet<>(SizeRule.ALL.keySet());
    missing.removeAll(operations);
    assertThat(missing).isSubsetOf(WITHOUT_CASE);
  }

  private static boolean compare(ModelProto model, Map<String, String> notes) {
    String name = notes.get("case");
    Map<String, SizedTensor> sizes;
    try {
      sizes =
          OnnxSizes.of(
              model.getGraph(), notes.get("fed"), new Shape(lengths(notes.get("shape"))), name);
    } catch (PupilException e) {
      assertThat(REFUSED).as(e.getMessage()).anyMatch(e.getMessage()::contains);
      return false;
    }
    for (String output : model.getGraph().getNode(0).getOutputList()) {
      SizedTensor known = sizes.get(output);
      if (known != null && !output.isEmpty()) {
        assertThat(known.shape().lengths())
            .as(name)
            .isEqualTo(lengths(notes.get("output " + output)));
      }
    }
    return true;
  }
}
