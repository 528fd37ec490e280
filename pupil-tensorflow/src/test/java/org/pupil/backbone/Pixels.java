package org.pupil.backbone;

import java.nio.file.Path;
import java.util.List;
import org.pupil.backbone.Run.Images;
import org.pupil.images.InputSpec;
import org.tensorflow.EagerSession;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.types.TFloat32;

/**
 * Decodes a JPEG as the originals did, so that these tests depend on no other package's decoder.
 */
final class Pixels {
  private Pixels() {}

  /** Some photos as one batch. */
  static Images of(List<Path> jpegs, InputSpec spec) {
    float[] values = new float[jpegs.size() * spec.floats()];
    for (int i = 0; i < jpegs.size(); i++) {
      System.arraycopy(of(jpegs.get(i), spec).values, 0, values, i * spec.floats(), spec.floats());
    }
    return new Images(jpegs.size(), spec.height(), spec.width(), values);
  }

  static Images of(Path jpeg, InputSpec spec) {
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      var image =
          tf.image.decodeJpeg(
              tf.io.readFile(tf.constant(jpeg.toString())), DecodeJpeg.channels(3L));
      var resized =
          tf.image.resizeBilinear(
              tf.expandDims(image, tf.constant(0)),
              tf.constant(new int[] {spec.height(), spec.width()}));
      try (TFloat32 tensor = resized.asTensor()) {
        float[] values = new float[spec.floats()];
        tensor.copyTo(DataBuffers.of(values));
        for (int i = 0; i < values.length; i++) {
          values[i] = (values[i] - spec.mean().red()) / spec.std().red();
        }
        return new Images(1, spec.height(), spec.width(), values);
      }
    }
  }
}
