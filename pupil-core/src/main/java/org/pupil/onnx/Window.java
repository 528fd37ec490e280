package org.pupil.onnx;

import java.util.Arrays;
import java.util.List;
import org.pupil.onnx.proto.AttributeProto;

/** How a kernel moves over an image: rows first, columns second. */
final class Window {
  /** More than any network's, and few enough that no sum of them overflows. */
  private static final int MOST = 1 << 15;

  private final int[] kernel;
  private final int[] strides;
  private final int[] dilations;
  private final int[] padding;

  /**
   * A window.
   *
   * @param kernel rows and columns of the kernel
   * @param strides by how many pixels it moves
   * @param dilations how far apart the pixels are that it looks at
   * @param padding zeros around the image: above, left, below, right
   */
  private Window(int[] kernel, int[] strides, int[] dilations, int[] padding) {
    this.kernel = kernel;
    this.strides = strides;
    this.dilations = dilations;
    this.padding = padding;
    check("strides", strides, 1);
    check("dilations", dilations, 1);
    check("kernel", kernel, 1);
    check("padding", padding, 0);
  }

  private static void check(String what, int[] values, int least) {
    for (int value : values) {
      if (value < least || value > MOST) {
        throw new ConversionException("its " + what + " of " + value + " cannot be");
      }
    }
  }

  /**
   * The window of a node.
   *
   * @param kernelRows rows of its kernel, as many as it has weights for
   * @param image [n,h,w,c]
   */
  static Window of(NodeAttributes node, long kernelRows, long kernelColumns, Shape image) {
    int[] kernel = {side(kernelRows), side(kernelColumns)};
    int[] strides = rowsAndColumns(node, "strides");
    int[] dilations = rowsAndColumns(node, "dilations");
    int[] padding = new int[4];
    String how = node.text("padding", "");
    switch (how) {
      case "VALID" -> {}
      case "SAME" -> {
        for (int axis = 0; axis < 2; axis++) {
          int total =
              samePadding(image.length(axis + 1), kernel[axis], strides[axis], dilations[axis]);
          padding[axis] = total / 2;
          padding[axis + 2] = total - total / 2;
        }
      }
      case "EXPLICIT" -> {
        int[] given = explicit(node);
        padding = new int[] {given[0], given[2], given[1], given[3]};
      }
      default -> throw new ConversionException("its padding '" + how + "' is not known");
    }
    return new Window(kernel, strides, dilations, padding);
  }

  private static int side(long length) {
    if (length < 1 || length > MOST) {
      throw new ConversionException("its kernel has a side of " + length);
    }
    return (int) length;
  }

  /** TensorFlow's rule: as many results as steps fit, and one pixel more behind than before. */
  private static int samePadding(long pixels, int kernel, int stride, int dilation) {
    if (stride < 1 || stride > MOST || dilation < 1 || dilation > MOST) {
      return 0; // refused by the constructor
    }
    long results = (pixels + stride - 1) / stride;
    return (int) Math.max(0, (results - 1) * stride + (kernel - 1L) * dilation + 1 - pixels);
  }

  /** Above, below, left, right. */
  private static int[] explicit(NodeAttributes node) {
    long[] all = node.longs("explicit_paddings");
    int rows = node.isChannelsFirst() ? 2 : 1;
    if (all.length != 8) {
      throw new ConversionException("its explicit_paddings are not 8 numbers");
    }
    for (int i = 0; i < all.length; i++) {
      int axis = i / 2;
      if (axis != rows && axis != rows + 1 && all[i] != 0) {
        throw new ConversionException("it pads the images or the channels");
      }
    }
    return new int[] {
      bounded(all[rows * 2]),
      bounded(all[rows * 2 + 1]),
      bounded(all[rows * 2 + 2]),
      bounded(all[rows * 2 + 3])
    };
  }

  /** An attribute with a number for each axis, of which those for images and channels are 1. */
  static int[] rowsAndColumns(NodeAttributes node, String name) {
    long[] all = node.longs(name);
    if (all.length == 0) {
      return new int[] {1, 1};
    }
    int channels = node.isChannelsFirst() ? 1 : 3;
    int rows = node.isChannelsFirst() ? 2 : 1;
    if (all.length != 4 || all[0] != 1 || all[channels] != 1) {
      throw new ConversionException("its " + name + " are not for rows and columns only");
    }
    return new int[] {bounded(all[rows]), bounded(all[rows + 1])};
  }

  private static int bounded(long value) {
    return (int) Math.max(-1, Math.min(value, MOST + 1));
  }

  /** How many results there are along rows and columns, and how many channels. */
  Shape result(Shape image, long channels) {
    long[] sides = new long[2];
    for (int axis = 0; axis < 2; axis++) {
      long padded = image.length(axis + 1) + padding[axis] + padding[axis + 2];
      long covered = (kernel[axis] - 1L) * dilations[axis] + 1;
      if (padded < covered) {
        throw new ConversionException(
            "its kernel of %d does not fit into an image of %d"
                .formatted(covered, image.length(axis + 1)));
      }
      sides[axis] = (padded - covered) / strides[axis] + 1;
    }
    return new Shape(image.length(0), sides[0], sides[1], channels);
  }

  boolean isPadded() {
    return Arrays.stream(padding).anyMatch(pixels -> pixels > 0);
  }

  /** The attribute that convolutions have besides. */
  AttributeProto dilation() {
    return Attributes.ints("dilations", dilations);
  }

  /** The attributes that convolutions and pools have. */
  List<AttributeProto> attributes() {
    return List.of(
        Attributes.ints("kernel_shape", kernel),
        Attributes.ints("strides", strides),
        Attributes.ints("pads", padding));
  }
}
