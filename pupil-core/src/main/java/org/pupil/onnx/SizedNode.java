package org.pupil.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pupil.onnx.proto.AttributeProto;
import org.pupil.onnx.proto.AttributeProto.AttributeType;
import org.pupil.onnx.proto.NodeProto;

/** A node of an ONNX graph, with what is known of the tensors that it takes. */
final class SizedNode {
  private final NodeProto node;
  private final List<@Nullable SizedTensor> inputs;
  private final Map<String, AttributeProto> attributes = new HashMap<>();

  /**
   * @param inputs one for each input of the node; null for one that is left out
   */
  SizedNode(NodeProto node, List<@Nullable SizedTensor> inputs) {
    this.node = node;
    this.inputs = new ArrayList<>(inputs);
    for (AttributeProto given : node.getAttributeList()) {
      if (attributes.put(given.getName(), given) != null) {
        throw new ConversionException("it has two attributes " + given.getName());
      }
    }
  }

  int outputs() {
    return node.getOutputCount();
  }

  /** How many inputs there are, up to the last that is not left out. */
  int inputs() {
    return inputs.size();
  }

  boolean hasInput(int index) {
    return index < inputs.size() && inputs.get(index) != null;
  }

  /**
   * What is known of an input.
   *
   * @throws ConversionException when there is no such input
   */
  SizedTensor input(int index) {
    SizedTensor input = index < inputs.size() ? inputs.get(index) : null;
    if (input == null) {
      throw new ConversionException("it lacks its input " + (index + 1));
    }
    return input;
  }

  Shape shape(int index) {
    return input(index).shape();
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  int attributes() {
    return attributes.size();
  }

  long integer(String attribute, long otherwise) {
    AttributeProto given = attribute(attribute, AttributeType.INT);
    return given == null ? otherwise : given.getI();
  }

  /**
   * Whether a switch is on.
   *
   * @throws ConversionException when it is neither 0 nor 1: runtimes do not agree what that means
   */
  boolean isOn(String attribute, boolean otherwise) {
    long value = integer(attribute, otherwise ? 1 : 0);
    if (value != 0 && value != 1) {
      throw new ConversionException("its " + attribute + " must be 0 or 1, was " + value);
    }
    return value == 1;
  }

  String text(String attribute, String otherwise) {
    AttributeProto given = attribute(attribute, AttributeType.STRING);
    return given == null ? otherwise : given.getS().toStringUtf8();
  }

  /** The whole numbers of an attribute; {@code otherwise} where it is not given. */
  long[] integers(String attribute, long... otherwise) {
    AttributeProto given = attribute(attribute, AttributeType.INTS);
    return given == null
        ? otherwise
        : given.getIntsList().stream().mapToLong(Long::longValue).toArray();
  }

  double[] numbers(String attribute) {
    AttributeProto given = attribute(attribute, AttributeType.FLOATS);
    return given == null
        ? new double[0]
        : given.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray();
  }

  /**
   * An attribute, or null.
   *
   * @throws ConversionException when it is of another type: ONNX Runtime would not see it
   */
  @Nullable AttributeProto attribute(String name, AttributeType type) {
    AttributeProto given = attributes.get(name);
    if (given != null && given.getType() != type) {
      throw new ConversionException(
          "its attribute %s is of type %s, not %s".formatted(name, given.getType(), type));
    }
    return given;
  }

  /**
   * Whole numbers that older operator sets have as an attribute and newer ones as an input.
   *
   * @return null when neither is given
   */
  long @Nullable [] integersOrInput(String attribute, int index) {
    if (has(attribute)) {
      return integers(attribute);
    }
    return hasInput(index) ? input(index).longs() : null;
  }

  /** An axis, counted from the front. */
  static int axis(long axis, int rank) {
    long counted = axis < 0 ? axis + rank : axis;
    if (counted < 0 || counted >= rank) {
      throw new ConversionException("it has no axis " + axis);
    }
    return (int) counted;
  }
}
