package org.pupil.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pupil.assessment.Assessment;
import org.pupil.assessment.CrossValidationAssessor;
import org.pupil.assessment.ModelComparison;
import org.pupil.engine.Engines;
import org.pupil.errors.OneLine;
import org.pupil.errors.PupilException;
import org.pupil.evaluation.Score;
import org.pupil.images.Alpha;
import org.pupil.labelling.Overrides;
import org.pupil.report.EvaluationReport;
import org.pupil.report.MistakeExplanation;
import org.pupil.report.PhotoPictures;
import org.pupil.run.RunSettings;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pupil evaluate}: how good a model is, or would be, on photos whose labels are known. */
@Command(
    name = "evaluate",
    aliases = "score",
    header = "Tells how good a model is on photos whose labels are known.",
    description = {
      "",
      "With --graph, the model labels the photos of a folder that has one sub-folder for each label, and is scored. They should be photos that it was not trained on. Without --graph, the photos are cross-validated: each is labelled by final layers that were trained without it. That tells how good a model is that retrain trains on them, and what more photos would bring.",
      "",
      "Every score comes with its 95 %% interval: where it would lie on endlessly many photos of the same kind.",
      "",
      "  pupil evaluate --image_dir examples/photos",
      "  pupil evaluate --graph pupil-model/graph.pb --image_dir new-photos",
      ""
    },
    customSynopsis = "pupil evaluate [--graph FILE] --image_dir FOLDER [FLAG...]",
    sortOptions = false)
final class EvaluateCommand implements Callable<ExitStatus> {
  private final Terminal terminal;
  private final Clock clock;
  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--graph",
      paramLabel = "FILE",
      description = "The model: a frozen graph, or an .onnx. Default: none; cross-validate.")
  private @Nullable Path graph;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description =
          "Another model to compare --graph with on the same photos: which became right, which wrong, and whether chance explains it. Default: none")
  private @Nullable Path against;

  private final ReportOption report = new ReportOption();

  @ArgGroup(validate = false, order = 1, heading = "%nPhotos%n")
  private LabelledPhotosOptions photos = new LabelledPhotosOptions();

  @ArgGroup(validate = false, order = 2, heading = "%nResults%n")
  private ResultOptions results = new ResultOptions();

  @ArgGroup(
      validate = false,
      order = 3,
      heading = "%nBackbone, without --graph; or the input of a graph that Pupil did not make%n")
  private BackboneOptions backbone = new BackboneOptions();

  @ArgGroup(
      validate = false,
      order = 4,
      heading = "%nHow photos become numbers, and where these are kept%n")
  private BottleneckOptions bottlenecks = new BottleneckOptions();

  @ArgGroup(validate = false, order = 5, heading = "%nOutput of a graph that Pupil did not make%n")
  private ForeignOutputOptions foreign = new ForeignOutputOptions();

  /** How the results are told, and what a script wants of them. */
  static final class ResultOptions {
    @Option(
        names = "--json",
        arity = "0..1",
        fallbackValue = "true",
        paramLabel = "true|false",
        description =
            "Print one JSON object, which the documentation of the file formats describes.")
    private boolean json;

    @Option(
        names = "--assert_accuracy_at_least",
        paramLabel = "PART",
        description =
            "Exit with status 7 if the accuracy is below this, 0 to 1, or if it is not of all photos because the model does not know some labels. Default: any accuracy will do")
    private @Nullable Double leastAccuracy;

    @Option(
        names = "--lower_bound",
        arity = "0..1",
        fallbackValue = "true",
        paramLabel = "true|false",
        description =
            "Let --assert_accuracy_at_least look at the low end of the accuracy's interval.")
    private boolean lowerBound;
  }

  EvaluateCommand(Terminal terminal, Clock clock, Map<String, String> environment) {
    this.terminal = terminal;
    this.clock = clock;
    this.environment = environment;
  }

  /** The command as picocli takes it. */
  CommandSpec spec() {
    CommandSpec command = CommandSpec.forAnnotatedObject(this);
    report.addTo(command);
    return command;
  }

  @Override
  public ExitStatus call() {
    check();
    report.check();
    RunSettings settings = settings();
    ForeignGraph said = new ForeignGraph(settings.backbone(), foreign, alphaIfGiven());
    Optional<JudgedModel> model =
        Optional.ofNullable(graph)
            .map(
                path ->
                    new JudgedModel(
                        terminal, clock, environment, settings, said.overrides(), path, photos));
    Assessment assessment =
        model.map(JudgedModel::assessment).orElseGet(() -> crossValidated(settings));
    Optional<ModelComparison> comparison =
        model.flatMap(judged -> Optional.ofNullable(against).map(judged::against));
    report
        .file()
        .ifPresent(file -> writeReport(file, assessment, comparison, explainer(said, settings)));
    if (results.json) {
      AssessmentJson.print(terminal.data(), assessment, comparison);
    } else {
      new AssessmentPrinter(terminal).print(assessment, comparison);
    }
    terminal.checkOut();
    return status(assessment);
  }

  private void writeReport(
      Path file,
      Assessment assessment,
      Optional<ModelComparison> comparison,
      Optional<MistakeExplainer> explainer) {
    String about =
        (graph == null ? "" : "Model " + graph + ", ") + "photos in " + photos.dataset().typed();
    PhotoPictures pictures = new PhotoPictures(bottlenecks.alpha());
    Map<String, MistakeExplanation> why =
        explainer.map(one -> one.of(assessment, pictures)).orElse(Map.of());
    new EvaluationReport(assessment, comparison, why, about, ReportOption.made(clock))
        .write(file, pictures);
    terminal.err().println(OneLine.of("Report: " + file));
  }

  /** Of a model that says all of itself: another one takes more flags than the report knows. */
  private Optional<MistakeExplainer> explainer(ForeignGraph said, RunSettings settings) {
    return graph == null || !said.overrides().equals(Overrides.NONE)
        ? Optional.empty()
        : Optional.of(
            new MistakeExplainer(
                Launcher.of(environment), graph, Engines.named(settings.engine())));
  }

  private void check() {
    if (graph == null && against != null) {
      throw PupilException.usage("--against compares with a model: name it with --graph");
    }
    if (results.lowerBound && results.leastAccuracy == null) {
      throw PupilException.usage("--lower_bound goes with --assert_accuracy_at_least");
    }
    // Written so that a NaN fails.
    if (results.leastAccuracy != null
        && !(results.leastAccuracy >= 0 && results.leastAccuracy <= 1)) {
      throw PupilException.usage(
          "--assert_accuracy_at_least must be 0 to 1, was " + results.leastAccuracy);
    }
    for (String flag : graph == null ? ForeignOutputOptions.FLAGS : BackboneOptions.WITHOUT_MODEL) {
      if (isGiven(flag)) {
        throw PupilException.usage(
            graph == null
                ? flag + " says something of a model: name it with --graph"
                : flag + " chooses a network, but the model of --graph has one: give only one");
      }
    }
  }

  private boolean isGiven(String flag) {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification before it calls");
    }
    return spec.commandLine().getParseResult().hasMatchedOption(flag);
  }

  private Optional<Alpha> alphaIfGiven() {
    return isGiven("--alpha") ? Optional.of(bottlenecks.alpha()) : Optional.empty();
  }

  private Assessment crossValidated(RunSettings settings) {
    EvaluationTalk talk = new EvaluationTalk(terminal, clock, settings.training());
    return new CrossValidationAssessor(settings, clock, environment, talk)
        .assess(talk.crossValidation(), talk.learningCurve());
  }

  private ExitStatus status(Assessment assessment) {
    if (results.leastAccuracy == null) {
      return ExitStatus.OK;
    }
    int unknown = assessment.labels().unknown().values().stream().mapToInt(n -> n).sum();
    if (unknown > 0) {
      terminal.error(
          "the accuracy is of %d photos only, as the model does not know the labels of %d: --assert_accuracy_at_least is not met"
              .formatted(assessment.photos().size(), unknown));
      return ExitStatus.FOUND_WANTING;
    }
    Score accuracy = assessment.scores().accuracy();
    double reached = results.lowerBound ? accuracy.low() : accuracy.value();
    if (reached >= results.leastAccuracy) {
      return ExitStatus.OK;
    }
    terminal.error(
        "%s is %.4f, below --assert_accuracy_at_least %s"
            .formatted(
                results.lowerBound ? "the low end of the accuracy's interval" : "the accuracy",
                reached,
                results.leastAccuracy));
    return ExitStatus.FOUND_WANTING;
  }

  private RunSettings settings() {
    return JudgingSettings.of(
        photos.dataset(), photos.strict(), photos.undivided(), backbone, bottlenecks);
  }
}
