package org.pupil.graph;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.pupil.errors.PupilException;
import org.pupil.files.FileTrouble;
import org.pupil.files.InputFile;
import org.pupil.files.Reason;
import org.pupil.log.proto.GraphDef;
import org.pupil.log.proto.SavedModel;

/** Reads the protocol buffers that backbones come in. */
public final class GraphFiles {
  private static final long LARGEST = 1L << 30;

  /** For whoever has an ONNX model under another name; stands at the end of a message. */
  public static final String IF_IT_IS_ONNX =
      " (if it is an ONNX model, its name must end with .onnx)";

  private GraphFiles() {}

  /**
   * The bytes of a model's file.
   *
   * @throws PupilException of kind BAD_INPUT when it is not there, of kind BAD_MODEL when it is no
   *     file on a disk, may not be read, is empty or longer than a gibibyte
   */
  public static byte[] read(Path file) {
    try {
      InputFile.checkRegular(file);
      long size = Files.size(file);
      if (size == 0) {
        throw PupilException.badModel(file + " is empty");
      }
      if (size > LARGEST) {
        throw PupilException.badModel(
            file + " has " + size + " bytes; a backbone has a gibibyte at most");
      }
      return InputFile.read(file, LARGEST);
    } catch (NoSuchFileException e) {
      throw PupilException.badInput(file + " does not exist", e);
    } catch (FileSystemException e) {
      throw PupilException.badModel(file + " cannot be used: " + FileTrouble.reason(e), e);
    } catch (IOException e) {
      throw PupilException.badInput(file + " cannot be read: " + Reason.of(e), e);
    }
  }

  public static GraphDef graph(byte[] bytes, String where) {
    try {
      GraphDef graph = GraphDef.parseFrom(bytes);
      if (graph.getNodeCount() > 0) {
        return graph;
      }
    } catch (InvalidProtocolBufferException e) {
      throw PupilException.badModel(
          where + " is not a TensorFlow graph, or only a part of one" + IF_IT_IS_ONNX, e);
    }
    throw PupilException.badModel(where + " is not a TensorFlow graph: it has no nodes");
  }

  public static SavedModel savedModel(Path file) {
    try {
      SavedModel model = SavedModel.parseFrom(read(file));
      if (model.getMetaGraphsCount() > 0) {
        return model;
      }
    } catch (InvalidProtocolBufferException e) {
      throw PupilException.badModel(file + " is not a SavedModel", e);
    }
    throw PupilException.badModel(file + " is not a SavedModel: it has no graph");
  }
}
