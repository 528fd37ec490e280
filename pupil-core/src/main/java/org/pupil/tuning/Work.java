package org.pupil.tuning;

import java.util.Map;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneRequest;
import org.pupil.network.NetworkGraph;
import org.pupil.run.RunSettings;
import org.pupil.training.TrainingSettings;

/**
 * About how much work the model of a configuration makes. Above all that is the backbone's, which
 * labelling has to do, too; then that of training. It is counted and not measured, so that a search
 * comes to the same end on every machine.
 */
final class Work {
  /** Bytes of a backbone times pixels, of which one look of the final layer at a photo is one. */
  private static final double DISTORTED = 1e8;

  /** Likewise, of an epoch in which layers of the backbone are trained. */
  private static final double EPOCH = 1e9;

  /** Looks at all photos in which auto fits one penalty, and in which it searches one. */
  private static final double FIT = 100;

  private static final double SEARCH = 500;

  private final TrialSettings settings;
  private final Map<BackboneRequest, Double> ofBackbone;
  private final int photos;

  /**
   * @param ofBackbone as {@link #of(Backbone)} counts it; those that could not be had are missing
   */
  Work(TrialSettings settings, Map<BackboneRequest, Double> ofBackbone, int photos) {
    this.settings = settings;
    this.ofBackbone = Map.copyOf(ofBackbone);
    this.photos = photos;
  }

  /** Of a photo's way through a backbone: weights times pixels, as in a convolution. */
  static double of(Backbone backbone) {
    NetworkGraph network = backbone.network(Backbone.Output.FEATURES);
    double weights =
        network instanceof NetworkGraph.OfTensorFlow graph
            ? graph.graph().getSerializedSize()
            : backbone.bottleneckSize() * 1e4;
    return weights * backbone.input().height() * backbone.input().width();
  }

  double of(Configuration configuration) {
    RunSettings run = settings.of(configuration);
    TrainingSettings training = run.training();
    double distorting = run.distortions().hasVariants() ? DISTORTED : 0;
    double epochs = run.fineTuning().isWanted() ? run.fineTuning().settings().epochs() : 0;
    double looks =
        training.optimizer().isStepwise()
            ? (double) training.howManyTrainingSteps()
                * (training.trainBatchSize() < 0 ? photos : training.trainBatchSize())
            : photos * (training.l2Penalty().isPresent() ? FIT : SEARCH);
    return ofBackbone.getOrDefault(run.backbone(), Double.MAX_VALUE)
        + distorting
        + EPOCH * epochs
        + looks;
  }
}
