package org.pupil.board.server;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.pupil.board.LogBuilder;
import org.pupil.board.LogValues;
import org.pupil.log.HParams;
import org.pupil.log.SummaryValues;
import org.pupil.log.proto.AttrValue;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.NodeDef;
import org.pupil.log.proto.TensorShapeProto;

/**
 * The small log that the examples of docs/http_api.md are about: one teaching, {@code first}, with
 * the runs {@code first/train} and {@code first/validation} below it.
 */
final class DocumentLog {
  private DocumentLog() {}

  static void write(Path folder) throws IOException {
    Path session = folder.resolve("first");
    writeProjectorFiles(session);
    try (LogBuilder log = new LogBuilder(session)) {
      log.write(0, DocumentLog::settings);
      log.write(0, values -> values.text("pupil/config", "*learning rate* 0.01"));
      log.write(2, DocumentLog::results);
      Instant end = Instant.ofEpochSecond((long) LogBuilder.BEGIN + 9);
      log.write(2, values -> values.hparams(HParams.sessionEnd(HParams.Outcome.SUCCESS, end)));
    }
    try (LogBuilder log = new LogBuilder(session.resolve("train"))) {
      log.graph(graph());
      for (int step = 0; step < 3; step++) {
        float accuracy = 0.5f + step / 8f;
        float[] weights = {-0.5f, 0.25f, 0.25f, step};
        log.write(
            step,
            values -> {
              values.scalar("accuracy_1", accuracy);
              values.scalar("cross_entropy_1", 1 - accuracy);
              values.histogram("weights", weights);
            });
      }
    }
    try (LogBuilder log = new LogBuilder(session.resolve("validation"))) {
      log.write(0, LogValues.scalar("accuracy_1", "Share of *unseen* photos.", 0.25f));
      log.write(2, LogValues.scalar("accuracy_1", "", Float.NaN));
    }
  }

  private static void settings(SummaryValues values) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learning_rate", 0.01);
    settings.put("optimizer", "adam");
    Instant begin = Instant.ofEpochSecond((long) LogBuilder.BEGIN);
    List<HParams.Metric> metrics =
        List.of(new HParams.Metric("train", "accuracy_1", "training accuracy"));
    values.hparams(HParams.experiment(settings, metrics, begin));
    values.hparams(HParams.sessionStart(settings, "", begin));
  }

  private static void results(SummaryValues values) {
    values.images("pupil/confusion_matrix", 2, 2, List.of(png(2, 2)), "");
    values.prCurve("rose/pr_curves", new int[] {4, 3, 0}, new int[] {6, 1, 0});
  }

  private static GraphDef graph() {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dim.newBuilder().setSize(-1))
            .addDim(TensorShapeProto.Dim.newBuilder().setSize(4))
            .build();
    AttrValue shapes =
        AttrValue.newBuilder().setList(AttrValue.ListValue.newBuilder().addShape(shape)).build();
    AttrValue floats = AttrValue.newBuilder().setType(DataType.DT_FLOAT).build();
    return GraphDef.newBuilder()
        .addNode(
            NodeDef.newBuilder()
                .setName("input/bottleneck")
                .setOp("Placeholder")
                .putAttr("_output_shapes", shapes))
        .addNode(
            NodeDef.newBuilder()
                .setName("final_result")
                .setOp("Softmax")
                .addInput("input/bottleneck")
                .putAttr("T", floats))
        .build();
  }

  private static void writeProjectorFiles(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("projector_config.pbtxt"),
        """
        embeddings {
          tensor_name: "bottlenecks"
          metadata_path: "labels.tsv"
          sprite {
            image_path: "sprite.png"
            single_image_dim: 2
            single_image_dim: 2
          }
          tensor_path: "bottlenecks.tsv"
        }
        """);
    Files.writeString(folder.resolve("bottlenecks.tsv"), "0.5\t1.0\n0.25\t-1.0\n");
    Files.writeString(folder.resolve("labels.tsv"), "photo\tlabel\na.jpg\trose\nb.jpg\ttulip\n");
    Files.write(folder.resolve("sprite.png"), png(4, 2));
  }

  /** A black picture; its bytes are the same in every version of Java. */
  private static byte[] png(int width, int height) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated =
        new DeflaterOutputStream(rows, new Deflater(Deflater.NO_COMPRESSION))) {
      deflated.write(new byte[(1 + 3 * width) * height]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ByteString header =
        ByteString.copyFrom(
            new byte[] {0, 0, 0, (byte) width, 0, 0, 0, (byte) height, 8, 2, 0, 0, 0});
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(ByteString.fromHex("89504e470d0a1a0a").toByteArray());
    png.writeBytes(chunk("IHDR", header.toByteArray()));
    png.writeBytes(chunk("IDAT", rows.toByteArray()));
    png.writeBytes(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  private static byte[] chunk(String name, byte[] content) {
    byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(letters);
    crc.update(content);
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(chunk)) {
      out.writeInt(content.length);
      out.write(letters);
      out.write(content);
      out.writeInt((int) crc.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return chunk.toByteArray();
  }
}
