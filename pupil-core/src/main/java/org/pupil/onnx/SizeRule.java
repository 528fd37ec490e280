package org.pupil.onnx;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Works out from what a node takes how large what it gives will be. An operation that has no rule
 * is not run: so the rules are the list of what an {@code .onnx} file from a stranger may do, and
 * there is none for loops, branches, functions, random numbers, and tensors whose size depends on
 * what is on the photo.
 */
@FunctionalInterface
interface SizeRule {
  /** The rules by the names of their operations, all of ONNX's own domain. */
  Map<String, SizeRule> ALL = all();

  /**
   * What is known of the node's outputs.
   *
   * @return the first outputs; one that is not told of must not be used
   * @throws ConversionException when it cannot be, or cannot be known
   */
  List<SizedTensor> outputs(SizedNode node);

  private static Map<String, SizeRule> all() {
    Map<String, SizeRule> rules = new HashMap<>();
    rules.putAll(ElementwiseSizes.rules());
    rules.putAll(LayerSizes.rules());
    rules.putAll(AxisSizes.rules());
    rules.putAll(ReductionSizes.rules());
    rules.putAll(IndexSizes.rules());
    return Collections.unmodifiableMap(rules);
  }
}
