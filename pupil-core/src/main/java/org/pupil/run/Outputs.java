package org.pupil.run;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pupil.dataset.PhotoFile;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.files.WholeFile;
import org.pupil.labelling.OnnxExport;
import org.pupil.model.Model;
import org.pupil.network.NetworkFormat;

/**
 * What a training run leaves on disk, and where: what an {@link OutputRequest} comes to.
 *
 * @param graph the model: {@code --output_graph}
 * @param labels its labels: {@code --output_labels}
 * @param evaluation its scores: {@code evaluation.json} beside the graph
 * @param savedModelDir {@code --saved_model_dir}
 * @param onnx {@code --onnx}: the model for other programs
 * @param summariesDir event files, in the runs {@code train} and {@code validation} below it
 * @param intermediateGraphsDir graphs of unfinished training runs, as typed: the originals put no
 *     separator between it and the file's name
 * @param finalTensorName name of the graph's output
 * @param format of the model, as of its backbone
 */
public record Outputs(
    Path graph,
    Path labels,
    Path evaluation,
    Optional<Path> savedModelDir,
    Optional<Path> onnx,
    Path summariesDir,
    String intermediateGraphsDir,
    String finalTensorName,
    NetworkFormat format) {

  /** The originals' name of the graph's output. */
  public static final String DEFAULT_FINAL_TENSOR_NAME = "final_result";

  /** Names of the files, where no flag gives others. */
  static final String GRAPH = "graph";

  static final String LABELS = "labels.txt";
  static final String EVALUATION = "evaluation.json";

  /** The same for a model of another format. */
  Outputs withFormat(NetworkFormat other) {
    return new Outputs(
        graph,
        labels,
        evaluation,
        savedModelDir,
        onnx,
        summariesDir,
        intermediateGraphsDir,
        finalTensorName,
        other);
  }

  /** The same with the model, its labels and its scores in another folder. */
  Outputs withModelIn(Path folder) {
    return new Outputs(
        folder.resolve(GRAPH + format.extension()),
        folder.resolve(LABELS),
        folder.resolve(EVALUATION),
        savedModelDir,
        onnx,
        summariesDir,
        intermediateGraphsDir,
        finalTensorName,
        format);
  }

  /**
   * Checks, before long work, that everything can be written in the end and nothing of it over
   * something else. Leaves nothing on the disk.
   *
   * @param intermediateGraphs whether there will be any
   * @param bottleneckDir folder of the cache, which must not be replaced with a SavedModel either
   * @throws PupilException (usage) if two things have one place, or the output's name is
   *     impossible; (unavailable) if a place cannot be written or holds what Pupil did not make
   */
  void check(boolean intermediateGraphs, Path bottleneckDir) {
    checkNames(intermediateGraphs, bottleneckDir);
    Model.checkPlaces(finalTensorName, graph, labels, savedModelDir);
    WholeFile.checkWritable(Setting.OUTPUT_GRAPH, evaluation);
    onnx.ifPresent(file -> WholeFile.checkWritable(Setting.ONNX, file));
    for (String run : SummaryLog.RUNS) {
      // Below a folder that is not there yet, one is as good as the others.
      if (run.isEmpty() || Files.exists(summariesDir)) {
        WholeFile.checkFolderWritable(Setting.SUMMARIES_DIR, summariesDir.resolve(run));
      }
    }
    if (intermediateGraphs) {
      WholeFile.checkWritable(Setting.INTERMEDIATE_OUTPUT_GRAPHS_DIR, intermediateGraph(0));
    }
  }

  /** The part of {@link #check} that looks at the names only. */
  void checkNames(boolean intermediateGraphs, Path bottleneckDir) {
    Model.checkName(finalTensorName);
    checkFormat();
    checkIntermediateGraphsDir();
    Map<Path, Message> files = new LinkedHashMap<>();
    addFile(files, Message.of(Setting.OUTPUT_GRAPH), graph);
    addFile(files, Message.of(Setting.OUTPUT_LABELS), labels);
    addFile(files, Message.of("evaluation.json beside ", Setting.OUTPUT_GRAPH), evaluation);
    onnx.ifPresent(file -> addFile(files, Message.of(Setting.ONNX), file));
    onnx.ifPresent(OnnxExport::checkName);
    if (savedModelDir.isEmpty()) {
      return;
    }
    Path replaced = WholeFile.place(savedModelDir.get());
    files.put(WholeFile.place(summariesDir), Message.of(Setting.SUMMARIES_DIR));
    files.put(WholeFile.place(bottleneckDir), Message.of(Setting.BOTTLENECK_DIR));
    if (intermediateGraphs) {
      files.put(
          WholeFile.place(intermediateGraph(0)),
          Message.of(Setting.INTERMEDIATE_OUTPUT_GRAPHS_DIR));
    }
    files.forEach(
        (path, what) -> {
          if (path.startsWith(replaced)) {
            throw PupilException.usage(
                Message.of(
                    Setting.SAVED_MODEL_DIR,
                    " must be a folder of its own, but ",
                    what,
                    " (" + path + ") lies in it"));
          }
        });
  }

  /** A model is of the format of its backbone, and is not named as if it were of the other. */
  private void checkFormat() {
    for (NetworkFormat other : NetworkFormat.values()) {
      if (other != format && other.isNamedBy(graph)) {
        throw PupilException.usage(
            Message.of(
                Setting.OUTPUT_GRAPH,
                " must end with %s, as the model has the format of its backbone; was %s"
                    .formatted(format.extension(), graph)));
      }
    }
    if (format == NetworkFormat.ONNX && savedModelDir.isPresent()) {
      throw PupilException.usage(
          Message.of(
              Setting.SAVED_MODEL_DIR,
              " is for a backbone that is a TensorFlow graph: a model on an .onnx backbone is an"
                  + " ONNX model"));
    }
  }

  /** It is a text, not a path, until a step's name is put behind it. */
  private void checkIntermediateGraphsDir() {
    try {
      intermediateGraph(0);
    } catch (InvalidPathException e) {
      throw PupilException.usage(
          Message.of(
              Setting.INTERMEDIATE_OUTPUT_GRAPHS_DIR,
              " must begin a path, was " + intermediateGraphsDir));
    }
  }

  private static void addFile(Map<Path, Message> files, Message what, Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return; // any number of things may go to /dev/null
    }
    if (PhotoFile.isPhoto(file)) {
      throw PupilException.usage(
          Message.of(what, " is a file to write, but " + file + " is a photo: name another file"));
    }
    Message other = files.put(WholeFile.place(file), what);
    if (other != null) {
      throw PupilException.usage(
          Message.of(other, " and ", what, " must be two files, both were " + file));
    }
  }

  /** Where the graph of an unfinished training run goes: the originals' name, spelt as they did. */
  Path intermediateGraph(int step) {
    return Path.of(intermediateGraphsDir + "intermediate_" + step + format.extension());
  }
}
