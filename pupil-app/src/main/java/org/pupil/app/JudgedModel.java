package org.pupil.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pupil.assessment.Assessment;
import org.pupil.assessment.CachedModel;
import org.pupil.assessment.ModelAssessor;
import org.pupil.assessment.ModelComparison;
import org.pupil.assessment.TestedModel;
import org.pupil.bottleneck.BottleneckComputer;
import org.pupil.dataset.Dataset;
import org.pupil.dataset.LabelRule;
import org.pupil.dataset.Problem;
import org.pupil.dataset.SplitRule;
import org.pupil.engine.Engines;
import org.pupil.errors.Message;
import org.pupil.errors.PupilException;
import org.pupil.errors.Setting;
import org.pupil.labelling.Labeller;
import org.pupil.labelling.Overrides;
import org.pupil.model.Model;
import org.pupil.model.ModelDescription;
import org.pupil.network.NetworkEngine;
import org.pupil.network.NetworkFormat;
import org.pupil.run.RunListener;
import org.pupil.run.RunSettings;
import org.pupil.similarity.NearDuplicates;
import org.pupil.training.TrainingSettings;

/**
 * A model that is judged by the photos of a folder, and perhaps another one by the same: opens them
 * and tells a person what there is to tell.
 */
final class JudgedModel {
  private final Terminal terminal;
  private final Clock clock;
  private final Map<String, String> environment;
  private final Launcher launcher;
  private final RunSettings settings;
  private final Overrides overrides;
  private final NetworkEngine engine;
  private final Dataset dataset;
  private final Assessment assessment;

  /**
   * Judges.
   *
   * @param settings of these the folders, the engine, the threads and the strictness are looked at
   * @param overrides what a person says of a graph that Pupil did not make
   * @throws PupilException (bad model) if the model cannot be used; (bad input) if the photos
   *     cannot
   */
  JudgedModel(
      Terminal terminal,
      Clock clock,
      Map<String, String> environment,
      RunSettings settings,
      Overrides overrides,
      Path graph,
      LabelledPhotosOptions photos) {
    this.terminal = terminal;
    this.clock = clock;
    this.environment = environment;
    this.launcher = Launcher.of(environment);
    this.settings = settings;
    this.overrides = overrides;
    Engines.check(settings.engine(), NetworkFormat.of(graph));
    this.engine = Engines.named(settings.engine());
    photos.dataset(LabelRule.FOLDER); // a folder must be given, before a model is read
    Model model = GivenModel.read(graph, launcher);
    this.dataset = photos.dataset(ruleOf(model)).openForTesting();
    dataset.problems().stream()
        .filter(problem -> problem.kind() != Problem.Kind.FEW_PHOTOS)
        .forEach(problem -> terminal.warn(problem.messageIn(SettingFlags::of)));
    this.assessment = assess(model, overrides, true);
    tell(model);
  }

  /** What came out. */
  Assessment assessment() {
    return assessment;
  }

  /**
   * Judges another model by the same photos.
   *
   * @throws PupilException (bad model) if it cannot be used; (bad input) if the two have no label
   *     in common
   */
  ModelComparison against(Path graph) {
    Model other = GivenModel.read(graph, launcher);
    Assessment second =
        assess(other, other.description().isPresent() ? Overrides.NONE : overrides, false);
    second.labels().unknown().keySet().stream()
        .filter(label -> !assessment.labels().unknown().containsKey(label))
        .forEach(
            label ->
                terminal.warn(
                    "%s does not know the label '%s': its photos are not compared"
                        .formatted(graph, label)));
    return ModelComparison.of(assessment, second);
  }

  /**
   * @param aboutGroups whether to say which photos count as one
   */
  private Assessment assess(Model model, Overrides said, boolean aboutGroups) {
    Optional<CachedModel> cached =
        said.equals(Overrides.NONE)
            ? CachedModel.of(model, settings, clock, environment, quietly(aboutGroups))
            : Optional.empty();
    if (cached.isPresent()) {
      return new ModelAssessor(cached.get()).assess(dataset, (done, all) -> {});
    }
    int photos = dataset.photos().size();
    TaskProgress progress = new TaskProgress(terminal, true, clock, "Labelling", "photos");
    Assessment whole;
    try (Labeller labeller = Labeller.open(model, said, engine, settings.threads(), photos)) {
      progress.start(photos, 0);
      whole =
          new ModelAssessor(TestedModel.of(labeller))
              .assess(dataset, (done, all) -> progress.stepTo(done));
    } finally {
      progress.stop();
    }
    if (aboutGroups && settings.split().groupNearDuplicates()) {
      terminal.warn(
          "photos that are nearly the same were not looked for, which takes a model on a built-in backbone: if there are such, the intervals are too narrow");
    }
    return whole;
  }

  /** Shows how bottlenecks are computed, perhaps tells of groups, and says nothing else. */
  private RunListener quietly(boolean aboutGroups) {
    Conversation talk =
        new Conversation(terminal, Verbosity.INFO, clock, TrainingSettings.DEFAULTS);
    return new RunListener() {
      @Override
      public BottleneckComputer.Listener bottlenecks() {
        return talk.bottlenecks();
      }

      @Override
      public void keptTogether(NearDuplicates nearDuplicates) {
        if (aboutGroups) {
          terminal
              .err()
              .println(
                  EvaluationTalk.groups(nearDuplicates)
                      + ": in the intervals, those of a group count as one (--group_near_duplicates=false counts each)");
        }
      }
    };
  }

  /** As the model was trained, so that its labels are those of the folders. */
  private static LabelRule ruleOf(Model model) {
    return model
        .description()
        .map(ModelDescription::provenance)
        .map(
            made -> {
              String given = made.options().get("label_rule");
              String split = made.split().rule();
              return isRetrain(given) || (given == null && isRetrain(split))
                  ? LabelRule.RETRAIN
                  : LabelRule.FOLDER;
            })
        .orElse(LabelRule.FOLDER);
  }

  private static boolean isRetrain(@Nullable String rule) {
    return rule != null && rule.toUpperCase(Locale.ROOT).equals(SplitRule.RETRAIN.name());
  }

  private void tell(Model model) {
    assessment
        .labels()
        .unknown()
        .forEach(
            (label, photos) ->
                terminal.warn(
                    "the model does not know the label '%s': its photos (%d) are left out%s"
                        .formatted(label, photos, whatIsMeant(model, label))));
    if (!assessment.labels().withoutPhotos().isEmpty()) {
      terminal.warn(
          "no photos of %s, which the model knows too: nothing is said of them"
              .formatted(String.join(", ", assessment.labels().withoutPhotos())));
    }
    for (Assessment.Unreadable photo : assessment.unreadable()) {
      String problem = photo.photo().source().name() + " is left out: " + photo.reason();
      if (settings.strict()) {
        throw PupilException.badInput(Message.of(Setting.STRICT, ": ", problem));
      }
      terminal.warn(problem);
    }
    if (mayHaveTrainedFrom(model)) {
      terminal.warn(
          "the model was trained on as many photos of each label: if they were these, it has seen most of them, and the figures are too good; to cross-validate instead, leave --graph out");
    }
  }

  /** A label of the model that the person may have meant. */
  private static String whatIsMeant(Model model, String label) {
    return model
        .description()
        .flatMap(known -> known.labels().stream().filter(label::equalsIgnoreCase).findFirst())
        .map(
            known ->
                "; it differs from the model's '%s' only in case: name the folder like that"
                    .formatted(known))
        .orElse("");
  }

  private boolean mayHaveTrainedFrom(Model model) {
    return model
        .description()
        .map(
            description ->
                description.labels().equals(dataset.labels().names())
                    && description
                        .provenance()
                        .data()
                        .photosPerLabel()
                        .equals(Arrays.stream(dataset.countByLabel()).boxed().toList()))
        .orElse(false);
  }
}
