package org.pupil.benchmarks;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pupil.graph.AllowedOperations;
import org.pupil.images.ImageDecoder;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.GraphDef;
import org.pupil.tensorflow.Feed;
import org.pupil.tensorflow.GraphSession;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * A large JPEG by Pupil's decoder, against the way of the original scripts: decode all of its
 * pixels, make floats of them, stretch.
 */
final class LargePhotoBenchmark {
  private static final InputSpec SPEC = new InputSpec(288, 288, 127, 128);
  private static final int RUNS = 9;

  private LargePhotoBenchmark() {}

  static Row run(Path scratch) throws Exception {
    byte[] photo = Files.readAllBytes(Photos.twelveMegapixels(scratch, 1).get(0));
    double full;
    try (GraphSession graph =
        GraphSession.open(
            fullDecode(),
            AllowedOperations.OF_DECODING,
            GraphSession.Preparation.FOR_QUICK_START)) {
      full = Timing.medianSeconds(RUNS, () -> graph.run("pixels", Feed.bytes("contents", photo)));
    }
    ImageDecoder decoder = new ImageDecoder(SPEC);

    double scaled = Timing.medianSeconds(RUNS, () -> decoder.decode(photo));
    return Row.rate(
        "decoding 12-megapixel photos, one core", 1 / scaled, 1 / full, "the scripts' way", "≥ 4");
  }

  private static GraphDef fullDecode() throws InvalidProtocolBufferException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TString> contents = tf.withName("contents").placeholder(TString.class);
      Operand<TFloat32> floats =
          tf.dtypes.cast(tf.image.decodeJpeg(contents, DecodeJpeg.channels(3L)), TFloat32.class);
      tf.withName("pixels")
          .image
          .resizeBilinear(
              tf.expandDims(floats, tf.constant(0)),
              tf.constant(new int[] {SPEC.height(), SPEC.width()}));
      return GraphDef.parseFrom(graph.toGraphDef().toByteString());
    }
  }
}
