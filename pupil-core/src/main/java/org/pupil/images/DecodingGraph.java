package org.pupil.images;

import org.pupil.tensorflow.GraphSession;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.DecodeImage;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * The names and the making of the graph that turns bytes into pixels, by the same operations and
 * constants as the original scripts: decode, stretch bilinearly with the legacy coordinates (corner
 * pixels at {@code y * scale}, not at pixel centres), subtract the mean, divide by the deviation.
 *
 * <p>The graph has one branch for each way to decode, since TensorFlow fixes a JPEG's scale when a
 * graph is made; a run computes only the branch that is fetched.
 */
final class DecodingGraph {
  static final String CONTENTS = "contents";
  static final String RGB = "rgb";
  static final String PERMUTATION = "permutation";
  static final String REVERSED_AXES = "reversed_axes";

  /** The scales that libjpeg decodes at: 1/1, 1/2, 1/4 and 1/8. */
  private static final int[] JPEG_RATIOS = {1, 2, 4, 8};

  private DecodingGraph() {}

  /** Name of the output for a JPEG decoded at 1/ratio. */
  static String jpeg(int ratio, Orientation orientation) {
    return output("jpeg" + ratio, orientation);
  }

  /** Name of the output for a PNG or GIF. */
  static String lossless(Orientation orientation) {
    return output("lossless", orientation);
  }

  /** Name of the output for pixels that are already decoded, fed as {@link #RGB}. */
  static String decoded(Orientation orientation) {
    return output("decoded", orientation);
  }

  private static String output(String branch, Orientation orientation) {
    return orientation == Orientation.UPRIGHT ? branch + "_pixels" : branch + "_turned_pixels";
  }

  static GraphDef make(InputSpec spec) {
    return GraphSession.define(
        tf -> {
          Operand<TString> contents = tf.withName(CONTENTS).placeholder(TString.class);
          Turn turn =
              new Turn(
                  tf.withName(PERMUTATION).placeholder(TInt32.class),
                  tf.withName(REVERSED_AXES).placeholder(TInt32.class));
          for (int ratio : JPEG_RATIOS) {
            DecodeJpeg decoded =
                tf.image.decodeJpeg(
                    contents, DecodeJpeg.channels(3L), DecodeJpeg.ratio((long) ratio));
            addOutputs(tf, "jpeg" + ratio, decoded, turn, spec);
          }
          DecodeImage<TUint8> lossless =
              tf.image.decodeImage(
                  contents,
                  TUint8.class,
                  DecodeImage.channels(3L),
                  DecodeImage.expandAnimations(false));
          addOutputs(tf, "lossless", lossless, turn, spec);
          Operand<TUint8> decoded = tf.withName(RGB).placeholder(TUint8.class);
          addOutputs(tf, "decoded", decoded, turn, spec);
        });
  }

  private record Turn(Operand<TInt32> permutation, Operand<TInt32> reversedAxes) {}

  private static void addOutputs(
      Ops tf, String branch, Operand<TUint8> image, Turn turn, InputSpec spec) {
    addPixels(tf, output(branch, Orientation.UPRIGHT), image, spec);
    Operand<TUint8> transposed = tf.linalg.transpose(image, turn.permutation());
    Operand<TUint8> upright =
        tf.withName(branch + "_upright").reverse(transposed, turn.reversedAxes());
    addPixels(tf, output(branch, Orientation.TURN_RIGHT), upright, spec);
  }

  private static void addPixels(Ops tf, String name, Operand<TUint8> image, InputSpec spec) {
    Operand<TFloat32> resized =
        tf.image.resizeBilinear(
            tf.expandDims(image, tf.constant(0)),
            tf.constant(new int[] {spec.height(), spec.width()}),
            ResizeBilinear.alignCorners(false),
            ResizeBilinear.halfPixelCenters(false));
    tf.withName(name)
        .math
        .mul(tf.math.sub(resized, tf.constant(spec.mean())), tf.constant(1.0f / spec.std()));
  }
}
