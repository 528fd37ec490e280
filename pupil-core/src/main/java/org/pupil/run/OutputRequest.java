package org.pupil.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.network.NetworkFormat;

/**
 * Where a person wants what a training run leaves on disk. What is not placed by a flag goes to a
 * folder of the run's own, {@code runs/NAME} below the folder of everything, so that no run takes
 * the place of another.
 *
 * @param folder where everything goes that no flag places: {@code pupil-model}
 * @param runName {@code --run_name}; empty for {@code run-1}, {@code run-2} ...
 * @param graph {@code --output_graph}
 * @param labels {@code --output_labels}
 * @param savedModelDir {@code --saved_model_dir}; there is no SavedModel without it
 * @param onnx {@code --onnx}; there is no ONNX file without it
 * @param summariesDir {@code --summaries_dir}
 * @param intermediateGraphsDir {@code --intermediate_output_graphs_dir}, as typed: the originals
 *     put no separator between it and the file's name
 * @param finalTensorName name of the graph's output
 * @param format of the model, as of its backbone
 */
public record OutputRequest(
    Path folder,
    Optional<String> runName,
    Optional<Path> graph,
    Optional<Path> labels,
    Optional<Path> savedModelDir,
    Optional<Path> onnx,
    Optional<Path> summariesDir,
    Optional<String> intermediateGraphsDir,
    String finalTensorName,
    NetworkFormat format) {

  /**
   * @throws PupilException (usage) if the run's name is no plain file name
   */
  public OutputRequest {
    runName.ifPresent(RunFolder::checkName);
  }

  /** Stands for the run's folder, which gets its name when it is made. */
  private static final String SOME_RUN = "run-N";

  /** Everything below one folder, and nothing that has to be asked for. */
  public static OutputRequest below(Path folder) {
    return builder(folder).build();
  }

  /** Starts with what {@link #below} gives, for a model that is a TensorFlow graph. */
  public static Builder builder(Path folder) {
    return new Builder(folder);
  }

  /** The same for a model of a format. */
  OutputRequest withFormat(NetworkFormat other) {
    return builder(folder)
        .runName(runName)
        .graph(graph)
        .labels(labels)
        .savedModelDir(savedModelDir)
        .onnx(onnx)
        .summariesDir(summariesDir)
        .intermediateGraphsDir(intermediateGraphsDir)
        .finalTensorName(finalTensorName)
        .format(other)
        .build();
  }

  /** The model of the run that finished last, of whichever format. */
  public Path newestGraph() {
    return NetworkFormat.newestIn(folder, Outputs.GRAPH);
  }

  /** The folder that has a folder for each run. */
  public Path runs() {
    return folder.resolve(RunFolder.RUNS);
  }

  /** Where the model of the run that finished last is. */
  public Outputs newest() {
    return in(folder).withModelIn(folder);
  }

  /** Whether anything goes to a folder of the run's own. */
  boolean needsRunFolder(boolean intermediateGraphs) {
    return graph.isEmpty()
        || labels.isEmpty()
        || summariesDir.isEmpty()
        || (intermediateGraphs && intermediateGraphsDir.isEmpty());
  }

  /**
   * Checks, before the photos are looked for, that everything can be written in the end. Leaves
   * nothing on the disk.
   *
   * @throws PupilException as {@link Outputs#check}; (usage) if a run's name is of no use
   */
  void check(boolean intermediateGraphs, Path bottleneckDir) {
    if (runName.isPresent() && !needsRunFolder(intermediateGraphs)) {
      throw PupilException.usage(
          Message.of(
              Setting.RUN_NAME,
              " " + runName.get() + " is of no use beside ",
              Setting.OUTPUT_GRAPH,
              ", ",
              Setting.OUTPUT_LABELS,
              " and ",
              Setting.SUMMARIES_DIR,
              ":" + " leave one of them out"));
    }
    in(runs().resolve(runName.orElse(SOME_RUN))).check(intermediateGraphs, bottleneckDir);
  }

  /** Where everything is, once the run has its folder. */
  Outputs in(Path runFolder) {
    Path graphFile = graph.orElse(runFolder.resolve(Outputs.GRAPH + format.extension()));
    return new Outputs(
        graphFile,
        labels.orElse(runFolder.resolve(Outputs.LABELS)),
        evaluation(graphFile),
        savedModelDir,
        onnx,
        summariesDir.orElse(runFolder),
        intermediateGraphsDir.orElse(runFolder.resolve("intermediate") + "/"),
        finalTensorName,
        format);
  }

  /** Beside the graph; where that is no file, as /dev/null, the scores go the same way. */
  private static Path evaluation(Path graph) {
    boolean isDevice =
        Files.exists(graph) && !Files.isRegularFile(graph) && !Files.isDirectory(graph);
    return isDevice ? graph : graph.resolveSibling(Outputs.EVALUATION);
  }

  /** Puts a request together by name: most of it is places that are easily mixed up. */
  public static final class Builder {
    private final Path folder;
    private Optional<String> runName = Optional.empty();
    private Optional<Path> graph = Optional.empty();
    private Optional<Path> labels = Optional.empty();
    private Optional<Path> savedModelDir = Optional.empty();
    private Optional<Path> onnx = Optional.empty();
    private Optional<Path> summariesDir = Optional.empty();
    private Optional<String> intermediateGraphsDir = Optional.empty();
    private String finalTensorName = Outputs.DEFAULT_FINAL_TENSOR_NAME;
    private NetworkFormat format = NetworkFormat.TENSORFLOW;

    private Builder(Path folder) {
      this.folder = folder;
    }

    public Builder runName(Optional<String> value) {
      runName = value;
      return this;
    }

    public Builder graph(Optional<Path> value) {
      graph = value;
      return this;
    }

    public Builder labels(Optional<Path> value) {
      labels = value;
      return this;
    }

    public Builder savedModelDir(Optional<Path> value) {
      savedModelDir = value;
      return this;
    }

    public Builder onnx(Optional<Path> value) {
      onnx = value;
      return this;
    }

    public Builder summariesDir(Optional<Path> value) {
      summariesDir = value;
      return this;
    }

    public Builder intermediateGraphsDir(Optional<String> value) {
      intermediateGraphsDir = value;
      return this;
    }

    public Builder finalTensorName(String value) {
      finalTensorName = value;
      return this;
    }

    Builder format(NetworkFormat value) {
      format = value;
      return this;
    }

    /**
     * The request.
     *
     * @throws PupilException (usage) if the run's name is no plain file name
     */
    public OutputRequest build() {
      return new OutputRequest(
          folder,
          runName,
          graph,
          labels,
          savedModelDir,
          onnx,
          summariesDir,
          intermediateGraphsDir,
          finalTensorName,
          format);
    }
  }
}
