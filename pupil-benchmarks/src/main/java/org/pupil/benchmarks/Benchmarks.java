package org.pupil.benchmarks;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pupil.backbone.Backbone;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.Photo;
import org.pupil.dataset.PhotoFolder;
import org.pupil.engine.EngineName;
import org.pupil.files.FolderTree;

/** Measures everything and prints one table in Markdown. */
public final class Benchmarks {
  private static final String SMALL = "mobilenet_0.25_224";
  private static final String DEFAULT = "efficientnet_lite0_288";
  private static final int SMALL_SIDE = 224;
  private static final int DEFAULT_SIDE = 288;
  private static final int RUNS = 5;

  private final Path checkout;
  private final Path scratch;
  private final Program program;
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final PrintStream out;

  private Benchmarks(Path checkout, Path scratch, PrintStream out) {
    this.checkout = checkout;
    this.scratch = scratch;
    this.program = new Program(checkout, scratch);
    this.out = out;
  }

  /**
   * Runs all benchmarks, or some.
   *
   * @param arguments the checkout, whose program is built already; and {@code all}, {@code board},
   *     {@code similarity}, {@code check}, {@code explain}, {@code distortions}, {@code
   *     fine-tuning}, {@code unpacking}, or {@code training} for all but the board; and the command
   *     of a TensorBoard to run beside the board, or an empty string
   */
  public static void main(String[] arguments) throws Exception {
    Path scratch = Files.createTempDirectory("pupil-benchmarks-");
    try {
      Optional<Path> tensorBoard =
          Optional.of(arguments[2]).filter(command -> !command.isEmpty()).map(Path::of);
      new Benchmarks(Path.of(arguments[0]).toRealPath(), scratch, System.out)
          .run(arguments[1], tensorBoard);
    } finally {
      FolderTree.delete(scratch);
    }
  }

  private void run(String which, Optional<Path> tensorBoard) throws Exception {
    out.printf(
        Locale.ROOT,
        "%d cores, %s %s, Java %s%n%n",
        cores,
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("java.version"));
    out.println(Row.header());
    if (which.equals("similarity")) {
      nearDuplicates();
      return;
    }
    if (which.equals("check")) {
      check();
      return;
    }
    if (which.equals("explain")) {
      explanations();
      return;
    }
    if (which.equals("distortions")) {
      distortions(Photos.catsAndDogs(checkout, scratch));
      return;
    }
    if (which.equals("unpacking")) {
      unpacking();
      return;
    }
    if (which.equals("fine-tuning")) {
      fineTuning(Photos.catsAndDogs(checkout, scratch));
      return;
    }
    if (!which.equals("board")) {
      Path photoFolder = Photos.catsAndDogs(checkout, scratch);
      bottlenecks(photoFolder);
      out.println(LargePhotoBenchmark.run(scratch.resolve("large")));
      labelling(photoFolder);
      explanations();
      FamiliarityBenchmark.run().forEach(out::println);
      training();
      distortions(photoFolder);
      fineTuning(photoFolder);
      growth();
      nearDuplicates();
      check();
      unpacking();
    }
    if (!which.equals("training")) {
      new BoardBenchmark(checkout, scratch, tensorBoard).run().forEach(out::println);
    }
  }

  private void bottlenecks(Path photoFolder) throws Exception {
    List<Photo> photos = PhotoFolder.scan(photoFolder, LabelRule.FOLDER).photos();
    BottleneckBenchmark benchmark = new BottleneckBenchmark(photos, scratch, cores);
    for (EngineName engine : List.of(EngineName.ONNX, EngineName.TENSORFLOW)) {
      benchmark.run(SMALL, engine, 11, "≥ 0.9").forEach(out::println);
      benchmark.run(DEFAULT, engine, 3, "≥ 0.9").forEach(out::println);
    }
    out.println(benchmark.bfloat16(DEFAULT));
  }

  /** How long one photo takes from typing to answer, and what that time is made of. */
  private void labelling(Path photoFolder) throws Exception {
    List<Photo> photos = PhotoFolder.scan(photoFolder, LabelRule.FOLDER).photos();
    String photo = photos.get(0).source().name();
    double start = program.medianSeconds(RUNS, "--version");
    out.println(Row.alone("pupil --version: launcher and JVM", Row.seconds(start), ""));
    for (String architecture : List.of(SMALL, DEFAULT)) {
      String graph = teachExamples(architecture);
      for (EngineName engine : List.of(EngineName.ONNX, EngineName.TENSORFLOW)) {
        String what = architecture + ", " + engine;
        String flag = "--engine=" + engine;
        double one = program.medianSeconds(RUNS, "label_image", flag, "--graph=" + graph, photo);
        double bare = 0;
        for (ColdStart.Part part : ColdStart.Part.values()) {
          bare =
              new ColdStart(checkout, engine)
                  .seconds(part, graph, architecture.equals(SMALL) ? SMALL_SIDE : DEFAULT_SIDE);
          out.println(ColdStart.row(part, what, bare));
        }
        out.println(
            Row.time(
                "label_image, one photo, cold, " + what,
                one,
                bare,
                "the bare process",
                "≤ 0.4 of tensorflow's"));
        double all =
            program.run("label_image", flag, "--graph=" + graph, photoFolder.toString()).seconds();
        out.println(
            Row.alone(
                "label_image, a stream of " + photos.size() + " photos, " + what,
                Row.perSecond(photos.size() / (all - one)),
                "the pipeline's speed"));
      }
    }
  }

  /** The model of a network and the example photos. */
  private String teachExamples(String architecture) throws Exception {
    String graph = scratch.resolve(architecture + ".pb").toString();
    program.run(
        "retrain",
        "--image_dir=" + checkout.resolve("examples/photos"),
        "--architecture=" + architecture,
        "--bottleneck_dir=" + scratch.resolve("examples"),
        "--summaries_dir=" + scratch.resolve("examples-logs"),
        "--output_graph=" + graph,
        "--output_labels=" + scratch.resolve("labels.txt"));
    return graph;
  }

  /** The whole program, with a heat map, and similar photos that are looked for in the cache. */
  private void explanations() throws Exception {
    String photo = checkout.resolve("examples/photos/bird/duck.jpg").toString();
    for (String architecture : List.of(SMALL, DEFAULT)) {
      String graph = teachExamples(architecture);
      double labelled = program.medianSeconds(RUNS, "label_image", "--graph=" + graph, photo);
      double explained =
          program.medianSeconds(
              RUNS,
              "explain",
              "--graph=" + graph,
              "--bottleneck_dir=" + scratch.resolve("examples"),
              "--heat_map=" + scratch.resolve("heat.png"),
              photo);
      out.println(
          Row.time(
              "explain, one photo, cold, with its heat map and similar photos, " + architecture,
              explained,
              labelled,
              "label_image",
              "≤ 2"));
    }
  }

  private void training() throws Exception {
    Backbone small = BottleneckBenchmark.backbone(SMALL, EngineName.ONNX, scratch);
    Backbone large = BottleneckBenchmark.backbone(DEFAULT, EngineName.ONNX, scratch);
    CacheBenchmark twoLabels = new CacheBenchmark(program, scratch.resolve("two"), 2);
    twoLabels.fill(small, 1399);
    out.println(twoLabels.warm(small, 1399, "≥ 50,000/s"));
    double steps =
        Timing.medianSeconds(
            RUNS,
            () ->
                twoLabels.retrain(
                    SMALL, 1399, "--optimizer=gradient_descent", "--logging_verbosity=WARN"));
    out.println(
        Row.alone(
            "whole retrain: 4000 steps of batch 100, 1,399 cached photos of 2 labels, " + SMALL,
            Row.seconds(steps),
            "< 1.3 s"));
    CacheBenchmark fiveLabels = new CacheBenchmark(program, scratch.resolve("five"), 5);
    fiveLabels.fill(large, 3000);
    double auto = Timing.medianSeconds(3, () -> fiveLabels.retrain(DEFAULT, 3000));
    out.println(
        Row.alone(
            "whole retrain: auto with cross-validation, 3,000 cached photos of 5 labels, "
                + DEFAULT,
            Row.seconds(auto),
            "< 5 s"));
    double evaluated = Timing.medianSeconds(3, () -> fiveLabels.evaluate(DEFAULT, 3000));
    out.println(
        Row.alone(
            "evaluate: 5 x 5 cross-validation and learning curve, 3,000 cached photos of 5 labels, "
                + DEFAULT,
            Row.seconds(evaluated),
            "< 10 s"));
    out.println(
        Row.alone(
            "tune: 50 trials of the final layer, 3,000 cached photos of 5 labels, " + DEFAULT,
            Row.seconds(fiveLabels.tune(DEFAULT, 3000, 50).seconds()),
            "< 60 s"));
  }

  private void distortions(Path photoFolder) throws Exception {
    DistortionBenchmark benchmark =
        new DistortionBenchmark(program, photoFolder, scratch.resolve("distortions"), cores);
    for (String architecture : List.of(SMALL, DEFAULT)) {
      out.println(benchmark.computing(architecture));
    }
    out.println(benchmark.steps(SMALL));
  }

  private void fineTuning(Path photoFolder) throws Exception {
    FineTuningBenchmark benchmark =
        new FineTuningBenchmark(program, photoFolder, scratch.resolve("fine-tuning"), cores);
    for (String architecture : List.of(SMALL, DEFAULT)) {
      out.println(benchmark.againstPixels(architecture));
    }
    out.println(benchmark.againstForward(DEFAULT));
    out.println(benchmark.memory(SMALL));
  }

  private void growth() throws Exception {
    Backbone large = BottleneckBenchmark.backbone(DEFAULT, EngineName.ONNX, scratch);
    CacheBenchmark benchmark = new CacheBenchmark(program, scratch.resolve("growth"), 4);
    for (int photos : new int[] {1_000, 10_000, 100_000}) {
      benchmark.fill(large, photos);
      out.println(benchmark.warm(large, photos, "linear"));
      // It works out the perceptual hashes and looks for near-duplicates, and keeps both.
      Program.Run first = benchmark.retrain(DEFAULT, photos, "--optimizer=gradient_descent");
      out.println(
          Row.alone(
              String.format(
                  Locale.ROOT, "the first retrain of %,d cached photos of 4 labels", photos),
              Row.seconds(first.seconds()),
              ""));
      Program.Run run = benchmark.retrain(DEFAULT, photos, "--optimizer=gradient_descent");
      out.println(
          Row.alone(
              String.format(
                  Locale.ROOT, "whole retrain, 4000 steps, %,d cached photos of 4 labels", photos),
              Row.seconds(run.seconds()) + ", " + run.peakBytes() / (1 << 20) + " MiB",
              "< 1.5 GB"));
    }
  }

  /** The whole program, every bottleneck in the cache. */
  private void check() throws Exception {
    Path photos = Photos.drawn(scratch.resolve("checked"), 3000, 5);
    double seconds =
        program.medianSeconds(
            3,
            "check",
            "--image_dir=" + photos,
            "--architecture=" + DEFAULT,
            "--bottleneck_dir=" + scratch.resolve("checked-bottlenecks"));
    out.println(
        Row.alone(
            "whole check: 3,000 cached photos of 5 labels, " + DEFAULT,
            Row.seconds(seconds),
            "< 5 s"));
  }

  private void unpacking() throws Exception {
    new UnpackingBenchmark(program, Files.createDirectory(scratch.resolve("unpacking")))
        .run()
        .forEach(out::println);
  }

  private void nearDuplicates() throws Exception {
    NearDuplicateBenchmark benchmark = new NearDuplicateBenchmark(cores);
    benchmark.run(1_000, true, ""); // for the compilers of the virtual machine
    out.println(benchmark.run(1_000, true, ""));
    out.println(benchmark.run(3_000, true, "< 1 s"));
    out.println(benchmark.run(10_000, true, ""));
    out.println(benchmark.run(100_000, true, "< 120 s"));
    out.println(benchmark.run(100_000, false, "< 120 s"));
  }
}
