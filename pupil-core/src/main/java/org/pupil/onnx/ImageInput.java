package org.pupil.onnx;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.pupil.errors.PupilException;
import org.pupil.onnx.proto.TensorProto.DataType;
import org.pupil.onnx.proto.TensorShapeProto.Dimension;
import org.pupil.onnx.proto.TypeProto;
import org.pupil.onnx.proto.ValueInfoProto;

/**
 * The input of an ONNX network that takes images.
 *
 * @param name the tensor that is fed
 * @param layout how its axes are ordered
 * @param height rows; empty where the file leaves that open
 * @param width columns; empty where the file leaves that open
 * @param isForAnyNumber whether the file leaves open how many images there are
 */
public record ImageInput(
    String name, Layout layout, OptionalInt height, OptionalInt width, boolean isForAnyNumber) {
  static final int CHANNELS = 3;
  private static final int AXES = 4;

  /** The order of an image's axes. */
  public enum Layout {
    /** [n,3,height,width], as PyTorch has it. */
    NCHW,
    /** [n,height,width,3], as TensorFlow has it. */
    NHWC
  }

  /**
   * Reads what the file says of an input. Where the shape does not say which axis has the channels,
   * it is the second, as in ONNX's own operations.
   *
   * @throws ConversionException if it takes no colour images of float32, one at a time
   */
  static ImageInput of(ValueInfoProto declared) {
    TypeProto.Tensor tensor = declared.getType().getTensorType();
    DataType type = DataType.forNumber(tensor.getElemType());
    if (type != DataType.FLOAT) {
      throw new ConversionException(
          "takes "
              + (type == null ? "something" : type.name().toLowerCase(Locale.ROOT))
              + "; a network for photos takes float32: export it so");
    }
    List<Dimension> axes = tensor.getShape().getDimList();
    if (!tensor.hasShape()) {
      return new ImageInput(
          declared.getName(), Layout.NCHW, OptionalInt.empty(), OptionalInt.empty(), true);
    }
    if (axes.size() != AXES) {
      throw new ConversionException(
          "takes values of "
              + text(axes)
              + ", not images [n,3,height,width] or [n,height,width,3]");
    }
    Layout layout = layout(axes);
    int first = layout == Layout.NCHW ? 2 : 1;
    OptionalInt images = length(axes.get(0));
    if (images.orElse(1) != 1) {
      throw new ConversionException(
          "takes "
              + images.getAsInt()
              + " images at a time: export it for one, or for any number of images");
    }
    return new ImageInput(
        declared.getName(),
        layout,
        length(axes.get(first)),
        length(axes.get(first + 1)),
        images.isEmpty());
  }

  /**
   * Checks a size.
   *
   * @param where what to call the file in messages
   * @throws PupilException (bad model) if the file says that images have another
   */
  public void checkSize(int rows, int columns, String where) {
    if (height.orElse(rows) != rows || width.orElse(columns) != columns) {
      throw PupilException.badModel(
          "%s: its input %s takes images of %s x %s, not %d x %d"
              .formatted(where, name, side(height), side(width), rows, columns));
    }
  }

  private static String side(OptionalInt length) {
    return length.isPresent() ? String.valueOf(length.getAsInt()) : "any";
  }

  private static Layout layout(List<Dimension> axes) {
    OptionalInt second = length(axes.get(1));
    OptionalInt last = length(axes.get(AXES - 1));
    boolean isLast =
        last.orElse(0) == CHANNELS || axes.get(AXES - 1).getDimParam().contains("channel");
    if (second.orElse(CHANNELS) == CHANNELS && !(second.isEmpty() && isLast)) {
      return Layout.NCHW;
    }
    if (last.orElse(CHANNELS) == CHANNELS) {
      return Layout.NHWC;
    }
    throw new ConversionException(
        "takes images of "
            + text(axes)
            + ", without 3 channels: Pupil gives a network red, green and blue");
  }

  private static OptionalInt length(Dimension axis) {
    return axis.getDimValue() > 0 && axis.getDimValue() <= Integer.MAX_VALUE
        ? OptionalInt.of((int) axis.getDimValue())
        : OptionalInt.empty();
  }

  private static String text(List<Dimension> axes) {
    return axes.stream()
        .map(axis -> length(axis).isPresent() ? String.valueOf(axis.getDimValue()) : "?")
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** The shape for some images. */
  long[] shape(long images, int rows, int columns) {
    return layout == Layout.NCHW
        ? new long[] {images, CHANNELS, rows, columns}
        : new long[] {images, rows, columns, CHANNELS};
  }
}
