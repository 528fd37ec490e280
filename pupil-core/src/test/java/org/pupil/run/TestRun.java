package org.pupil.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneRequest;
import org.pupil.backbone.fetch.DownloadAddresses;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.bottleneck.Precision;
import org.pupil.bottleneck.VariantListener;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.DatasetFolder;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.Problem;
import org.pupil.dataset.Split;
import org.pupil.dataset.SplitRule;
import org.pupil.dataset.SplitSettings;
import org.pupil.engine.EngineName;
import org.pupil.errors.Setting;
import org.pupil.familiarity.FamiliaritySettings;
import org.pupil.finetuning.FineTuningListener;
import org.pupil.finetuning.FineTuningRequest;
import org.pupil.images.Alpha;
import org.pupil.images.Distortions;
import org.pupil.labelling.Pictures;
import org.pupil.model.TinyModel;
import org.pupil.training.Optimizer;
import org.pupil.training.TrainingListener.StepEvaluation;
import org.pupil.training.TrainingSettings;

/** A training run on a few made-up pictures with a backbone of two nodes, to be varied by tests. */
final class TestRun {
  static final Instant NOW = Instant.parse("2026-11-24T12:30:15.25Z");

  final Path folder;
  final Path photos;
  final Path out;
  final Heard heard = new Heard();

  BackboneRequest backbone;
  Precision precision = Precision.FLOAT32;
  EngineName engine = EngineName.AUTO;

  /** The pictures of a label are nearly the same, and yet are to be divided. */
  SplitSettings split = apart(10, 10, 0);

  TrainingSettings training = TrainingSettings.DEFAULTS;
  boolean strict;
  int threads = 2;
  Path graph;
  Path labels;
  Optional<Path> savedModelDir = Optional.empty();
  Optional<Path> onnx = Optional.empty();
  Path summaries;
  Path bottlenecks;
  String intermediate;
  FineTuningRequest fineTuning = FineTuningRequest.NONE;
  Distortions distortions = new Distortions(false, 0, 0, 0);
  String finalTensorName = "final_result";

  /** Set to give the run no places but a folder of its own below this one. */
  Optional<OutputRequest> ownFolder = Optional.empty();

  Map<String, String> options = new LinkedHashMap<>(Map.of("image_dir", "fruit"));

  /** Photos of three labels, and places for everything in a folder. */
  Alpha alpha = Alpha.WHITE;

  /** A split by names alone. */
  static SplitSettings apart(int testingPercentage, int validationPercentage, long seed) {
    return new SplitSettings(
        SplitRule.STRATIFIED, testingPercentage, validationPercentage, seed, false);
  }

  TestRun(Path folder) {
    this.folder = folder;
    this.photos = folder.resolve("photos");
    this.out = folder.resolve("out");
    this.graph = out.resolve("graph.pb");
    this.labels = out.resolve("labels.txt");
    this.summaries = out.resolve("logs");
    this.bottlenecks = folder.resolve("cache");
    this.intermediate = out + "/part/";
    paint("apple", 23, 0xa02010);
    paint("leaf", 17, 0x20a030);
    paint("sky", 12, 0x3040b0);
    try {
      Path file = folder.resolve("tiny.pb");
      Files.write(file, TinyModel.backboneGraph().toByteArray());
      this.backbone = TinyModel.request(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void paint(String label, int count, int colour) {
    for (int i = 0; i < count; i++) {
      picture(label, label + i + ".png", colour + i * 0x030507);
    }
  }

  /** Adds a picture of about one colour. */
  void picture(String label, String name, int colour) {
    byte[] content = Pictures.png(9, 7, (x, y) -> colour + x * 0x010002 + y * 0x000301);
    file(label + "/" + name, content);
  }

  void file(String name, byte[] content) {
    try {
      Path file = photos.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Steps as the originals': gradient descent at a rate that suits the tiny backbone. */
  TestRun inSteps(int steps) {
    return training(Optimizer.GRADIENT_DESCENT, 0.1, steps, 0);
  }

  TestRun training(Optimizer optimizer, double rate, int steps, int storeFrequency) {
    TrainingSettings d = TrainingSettings.DEFAULTS;
    training =
        new TrainingSettings(
            optimizer,
            rate,
            steps,
            10,
            d.validationBatchSize(),
            d.testBatchSize(),
            d.evalStepInterval(),
            storeFrequency,
            d.seed());
    return this;
  }

  TestRun seed(long seed) {
    TrainingSettings t = training;
    training =
        new TrainingSettings(
            t.optimizer(),
            t.learningRate(),
            t.howManyTrainingSteps(),
            t.trainBatchSize(),
            t.validationBatchSize(),
            t.testBatchSize(),
            t.evalStepInterval(),
            t.intermediateStoreFrequency(),
            seed);
    return this;
  }

  TestRun testBatchSize(int size) {
    TrainingSettings t = training;
    training =
        new TrainingSettings(
            t.optimizer(),
            t.learningRate(),
            t.howManyTrainingSteps(),
            t.trainBatchSize(),
            t.validationBatchSize(),
            size,
            t.evalStepInterval(),
            t.intermediateStoreFrequency(),
            t.seed());
    return this;
  }

  RunSettings settings() {
    OutputRequest outputs =
        ownFolder.orElseGet(
            () ->
                OutputRequest.builder(out)
                    .graph(Optional.of(graph))
                    .labels(Optional.of(labels))
                    .savedModelDir(savedModelDir)
                    .onnx(onnx)
                    .summariesDir(Optional.of(summaries))
                    .intermediateGraphsDir(Optional.of(intermediate))
                    .finalTensorName(finalTensorName)
                    .build());
    return new RunSettings(
        new DatasetFolder(photos.toString(), LabelRule.FOLDER),
        strict,
        split,
        backbone,
        DownloadAddresses.mirror(URI.create("http://127.0.0.1:9/")),
        alpha,
        precision,
        engine,
        bottlenecks,
        distortions,
        training,
        fineTuning,
        new FamiliaritySettings(FamiliaritySettings.DEFAULT_PERCENTAGE, training.seed()),
        outputs,
        threads,
        "0.1.0",
        options);
  }

  RunResult run() {
    return trainingRun().run();
  }

  TrainingRun trainingRun() {
    return new TrainingRun(settings(), Clock.fixed(NOW, ZoneOffset.UTC), Map.of(), heard);
  }

  /** Remembers what was told. */
  static final class Heard implements RunListener {
    final List<String> events = new ArrayList<>();
    final List<Problem> problems = new ArrayList<>();
    final List<Split> splits = new ArrayList<>();
    final List<StepEvaluation> evaluations = new ArrayList<>();
    final List<String> intermediateGraphs = new ArrayList<>();
    final List<Path> projectorLeftOut = new ArrayList<>();
    final List<String> namesTaken = new ArrayList<>();
    final List<String> logFailures = Collections.synchronizedList(new ArrayList<>());
    final List<String> oldEventFilesLeft = new ArrayList<>();
    final List<VariantListener.Cost> variantCosts = new ArrayList<>();
    final List<FineTuningListener.Cost> fineTuningCosts = new ArrayList<>();
    final List<FineTuningListener.Epoch> epochs = new ArrayList<>();
    final List<Duration> doesNotFit = new ArrayList<>();
    int mapped;
    int resumedAfter;
    int endedAfter;
    int photosOnAll;
    int plannedOnAll;
    final List<Integer> epochsOnAll = new ArrayList<>();
    IntConsumer afterEpochOnAll = number -> {};
    Consumer<FineTuningListener.Epoch> afterEpoch = epoch -> {};
    int variantsDone;
    PhotoBottlenecks bottlenecks;
    RuntimeException thrownAtEvaluation;
    Runnable whenBottlenecksAreReady = () -> {};
    Runnable whenFirstEvaluated = () -> {};

    @Override
    public void found(Dataset photos) {
      events.add("found");
    }

    @Override
    public void problem(Problem problem) {
      problems.add(problem);
    }

    @Override
    public void projectorLeftOut(Path file, String reason) {
      projectorLeftOut.add(file);
    }

    @Override
    public void runNameTaken(String wanted, RunFolder run) {
      namesTaken.add(wanted + ": " + run.name());
    }

    @Override
    public void oldEventFileLeft(Path file, String reason) {
      oldEventFilesLeft.add(file + " " + reason);
    }

    @Override
    public void logFailed(String reason) {
      logFailures.add(reason);
    }

    @Override
    public void split(Split split) {
      events.add("split");
      splits.add(split);
    }

    @Override
    public void backbone(Backbone backbone) {
      events.add("backbone");
    }

    @Override
    public void bottlenecksReady(PhotoBottlenecks ready) {
      events.add("bottlenecks");
      bottlenecks = ready;
      whenBottlenecksAreReady.run();
    }

    @Override
    public VariantListener variants() {
      return new VariantListener() {
        @Override
        public void started(VariantListener.Cost cost) {
          events.add("variants");
          variantCosts.add(cost);
        }

        @Override
        public void advanced(int done) {
          variantsDone = done;
        }

        @Override
        public void finished() {}
      };
    }

    @Override
    public FineTuningListener fineTuning() {
      return new FineTuningListener() {
        @Override
        public void planned(FineTuningListener.Cost cost) {
          fineTuningCosts.add(cost);
        }

        @Override
        public void doesNotFit(Duration needed) {
          doesNotFit.add(needed);
        }

        @Override
        public void mapped(int done, int all) {
          mapped = done;
        }

        @Override
        public void endedEarly(int afterEpoch) {
          endedAfter = afterEpoch;
        }

        @Override
        public void beginsOnAll(int photos, int ofAll) {
          photosOnAll = photos;
          plannedOnAll = ofAll;
        }

        @Override
        public void epochOnAll(int number, int ofAll, double loss) {
          epochsOnAll.add(number);
          afterEpochOnAll.accept(number);
        }

        @Override
        public void resumed(int epoch) {
          resumedAfter = epoch;
        }

        @Override
        public void epoch(FineTuningListener.Epoch epoch) {
          epochs.add(epoch);
          afterEpoch.accept(epoch);
        }
      };
    }

    @Override
    public void evaluated(StepEvaluation evaluation) {
      if (evaluations.isEmpty()) {
        whenFirstEvaluated.run();
      }
      evaluations.add(evaluation);
      if (thrownAtEvaluation != null) {
        throw thrownAtEvaluation;
      }
    }

    @Override
    public void intermediateGraph(Path file) {
      intermediateGraphs.add(file.toString());
    }

    List<String> messages() {
      return problems.stream().map(problem -> problem.messageIn(Setting::toString)).toList();
    }
  }
}
