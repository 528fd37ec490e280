package org.pupil.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.backbone.Backbone;
import org.pupil.bottleneck.ContentHash;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFolder;
import org.pupil.engine.EngineName;
import org.pupil.finetuning.FineTuning;
import org.pupil.finetuning.FineTuning.LabelledPhoto;
import org.pupil.finetuning.FineTuningDepth;
import org.pupil.finetuning.FineTuningListener;
import org.pupil.finetuning.FineTuningRequest;
import org.pupil.finetuning.FineTuningSettings;
import org.pupil.graph.GraphIndex;
import org.pupil.images.Alpha;
import org.pupil.images.Distortions;
import org.pupil.network.Network;
import org.pupil.network.NetworkEngine.Purpose;
import org.pupil.network.NetworkGraph;
import org.pupil.training.FinalLayer;

/** What an epoch of fine-tuning costs. */
final class FineTuningBenchmark {
  private static final int PHOTOS = 192;
  private static final int RUNS = 5;
  private static final int LABELS = 2;

  private final Program program;
  private final Path photoFolder;
  private final Path scratch;
  private final int cores;

  FineTuningBenchmark(Program program, Path photoFolder, Path scratch, int cores) {
    this.program = program;
    this.photoFolder = photoFolder;
    this.scratch = scratch;
    this.cores = cores;
  }

  /**
   * One fine-tuning.
   *
   * @param secondsOfPhoto of the clock, that a photo takes in an epoch, all cores busy
   * @param workOfPhoto seconds of the processor, all threads together
   * @param cut the layer above which all are trained
   */
  private record Epochs(double secondsOfPhoto, double workOfPhoto, String cut) {}

  /** Seconds of the processor that this process has used. */
  private static double processorSeconds() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  /** Notes when each epoch has ended. */
  private static final class Ends implements FineTuningListener {
    private final List<Long> ends = new ArrayList<>();
    private final List<Double> work = new ArrayList<>();
    private String cut = "";

    @Override
    public void planned(FineTuningListener.Cost cost) {
      cut = cost.cut();
    }

    @Override
    public void epoch(FineTuningListener.Epoch result) {
      ends.add(System.nanoTime());
      work.add(processorSeconds());
    }

    /** The first epoch is not counted. */
    Epochs perPhoto() {
      List<Double> seconds = new ArrayList<>();
      List<Double> processor = new ArrayList<>();
      for (int i = 1; i < ends.size(); i++) {
        seconds.add((ends.get(i) - ends.get(i - 1)) / 1e9 / PHOTOS);
        processor.add((work.get(i) - work.get(i - 1)) / PHOTOS);
      }
      return new Epochs(Timing.median(seconds), Timing.median(processor), cut);
    }
  }

  /** An epoch from the cache, beside one that begins with pixels. */
  Row againstPixels(String architecture) throws Exception {
    Backbone backbone = BottleneckBenchmark.backbone(architecture, EngineName.ONNX, scratch);
    Epochs last = epochs(backbone, FineTuningDepth.LAST, 4);
    Epochs all = epochs(backbone, FineTuningDepth.ALL, 3);
    return Row.rate(
        architecture + ": photos of an epoch, last layers, from the cache",
        1 / last.secondsOfPhoto(),
        1 / all.secondsOfPhoto(),
        "all layers, from pixels",
        "≥ 3");
  }

  /** Forward and backward here, beside the engine that only goes forward. */
  Row againstForward(String architecture) throws Exception {
    Backbone backbone = BottleneckBenchmark.backbone(architecture, EngineName.ONNX, scratch);
    Epochs last = epochs(backbone, FineTuningDepth.LAST, 4);
    double whole = forward(backbone, backbone.bottleneckLayer());
    return Row.time(
        architecture + ": processor time of 1,000 photos of an epoch, last layers",
        1000 * last.workOfPhoto(),
        1000 * (whole - forward(backbone, last.cut())),
        "the same layers forward in ONNX Runtime",
        "≤ 2.5");
  }

  private Epochs epochs(Backbone backbone, FineTuningDepth depth, int epochs) throws Exception {
    FineTuningSettings settings = FineTuningSettings.DEFAULTS.with(epochs, 1e-4, 0);
    FineTuningRequest request =
        new FineTuningRequest(
            depth, settings, FineTuningRequest.DEFAULT_MOST_BYTES, Optional.empty(), false);
    FineTuning.Surroundings around =
        new FineTuning.Surroundings(
            scratch.resolve("fine-tuning"), Alpha.WHITE, Distortions.NONE, cores);
    List<LabelledPhoto> photos = photos();
    Ends ends = new Ends();
    int size = backbone.bottleneckSize();
    FinalLayer start = new FinalLayer(size, new float[size * LABELS], new float[LABELS]);
    new FineTuning(request, around, backbone)
        .run(
            new FineTuning.Photos(
                photos.subList(0, PHOTOS), photos.subList(PHOTOS, PHOTOS + 1), List.of()),
            start,
            () -> start,
            new float[1][LABELS],
            ends);
    return ends.perPhoto();
  }

  private List<LabelledPhoto> photos() throws Exception {
    List<LabelledPhoto> labelled = new ArrayList<>();
    List<Photo> all = PhotoFolder.scan(photoFolder, LabelRule.FOLDER).photos();
    for (int i = 0; i <= PHOTOS; i++) {
      Photo photo = all.get(i * all.size() / (PHOTOS + 1));
      ContentHash content = ContentHash.of(photo.source().read());
      labelled.add(new LabelledPhoto(photo, content, photo.label()));
    }
    return labelled;
  }

  /** Seconds of the processor that a photo takes from pixels to a node. */
  private double forward(Backbone backbone, String node) throws Exception {
    NetworkGraph.OfTensorFlow whole =
        (NetworkGraph.OfTensorFlow) backbone.network(Backbone.Output.FEATURES);
    NetworkGraph graph =
        new NetworkGraph.OfTensorFlow(
            new GraphIndex(whole.graph(), backbone.name()).prunedTo(List.of(node)),
            backbone.inputLayer(),
            Map.of("out", node));
    float[] pixels = new float[backbone.input().floats()];
    try (Network network = backbone.engine().open(graph, backbone.input(), Purpose.MANY_PHOTOS)) {
      List<Double> seconds = new ArrayList<>();
      for (int i = 0; i <= RUNS; i++) {
        double begin = processorSeconds();
        Timing.perSecond(cores, PHOTOS, photo -> network.run(pixels, 1));
        seconds.add((processorSeconds() - begin) / PHOTOS);
      }
      return Timing.median(seconds.subList(1, seconds.size()));
    }
  }

  /** The whole program on ten thousand photos, in two epochs. */
  Row memory(String architecture) throws Exception {
    int count = 10_000;
    Path photos = Photos.drawn(scratch.resolve("ten-thousand"), count, LABELS);
    Program.Run run =
        program.run(
            "retrain",
            "--image_dir=" + photos,
            "--architecture=" + architecture,
            "--fine_tune=last",
            "--fine_tune_epochs=2",
            "--bottleneck_dir=" + scratch.resolve("ten-thousand-bottlenecks"),
            "--summaries_dir=" + scratch.resolve("ten-thousand-logs"),
            "--output_graph=" + scratch.resolve("ten-thousand.pb"),
            "--output_labels=" + scratch.resolve("ten-thousand.txt"));
    return Row.alone(
        "whole retrain, last layers too, two epochs of 10,000 photos, " + architecture,
        Row.seconds(run.seconds()) + ", " + run.peakBytes() / (1 << 20) + " MiB",
        "< 2 GB");
  }
}
