package org.pupil.assessment;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneRequest;
import org.pupil.bottleneck.PhotoBottlenecks;
import org.pupil.dataset.Labels;
import org.pupil.dataset.Photo;
import org.pupil.model.BuiltInBackbone;
import org.pupil.model.Model;
import org.pupil.model.ModelDescription;
import org.pupil.run.RunListener;
import org.pupil.run.RunSettings;
import org.pupil.run.RunStops;
import org.pupil.training.FinalLayer;

/**
 * A model that is known to be a built-in backbone and a final layer, so that it need not run where
 * the bottlenecks are in the cache. The probabilities differ from those of the whole model in the
 * last digits only.
 */
public final class CachedModel implements TestedModel {
  private final Labels labels;
  private final FinalLayer layer;
  private final Backbone backbone;
  private final RunStops stops;
  private final RunListener listener;

  private CachedModel(
      Labels labels, FinalLayer layer, Backbone backbone, RunStops stops, RunListener listener) {
    this.labels = labels;
    this.layer = layer;
    this.backbone = backbone;
    this.stops = stops;
    this.listener = listener;
  }

  /**
   * Looks what a model is made of.
   *
   * @param settings of these the folders, the engine, the threads, and whether near-duplicates are
   *     grouped, are looked at
   * @param clock tells when a photo was read
   * @param environment the environment variables
   * @param listener hears how bottlenecks are computed, and which photos are kept together
   * @return empty if it is not a built-in backbone, just as this program has it, and a final layer
   */
  public static Optional<CachedModel> of(
      Model model,
      RunSettings settings,
      Clock clock,
      Map<String, String> environment,
      RunListener listener) {
    Optional<FinalLayer> layer = model.finalLayer();
    if (layer.isEmpty()) {
      return Optional.empty();
    }
    ModelDescription description = model.description().orElseThrow();
    Optional<BackboneRequest> request =
        BuiltInBackbone.requestFor(description, settings.backbone().modelDir());
    if (request.isEmpty()) {
      return Optional.empty();
    }
    RunStops stops =
        new RunStops(settings(settings, request.get(), description), clock, environment, listener);
    Backbone backbone = stops.backbone();
    return BuiltInBackbone.isOf(description, backbone)
            && layer.get().dimension() == backbone.bottleneckSize()
        ? Optional.of(
            new CachedModel(
                new Labels(description.labels()), layer.get(), backbone, stops, listener))
        : Optional.empty();
  }

  private static RunSettings settings(
      RunSettings given, BackboneRequest request, ModelDescription description) {
    return new RunSettings(
        given.photos(),
        false, // what cannot be read is told by who asks
        given.split(),
        request,
        given.addresses(),
        description.alpha(),
        RunSettings.DEFAULT_PRECISION,
        given.engine(),
        given.bottleneckDir(),
        given.distortions(),
        given.training(),
        given.outputs(),
        given.threads(),
        given.version(),
        Map.of());
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public void label(List<Photo> photos, Answers answers) {
    stops.checkCache();
    PhotoBottlenecks found = stops.bottlenecks(backbone, photos, listener.bottlenecks());
    Map<Photo, String> failures = new HashMap<>();
    found.failures().forEach(failure -> failures.put(failure.photo(), failure.reason()));
    List<Photo> grouped = stops.grouped(found);
    int row = 0;
    for (Photo photo : photos) {
      String failure = failures.isEmpty() ? null : failures.get(photo);
      if (failure == null) {
        answers.labelled(grouped.get(row), layer.probabilities(found.bottlenecks().row(row)));
        row++;
      } else {
        answers.unreadable(photo, failure);
      }
    }
  }
}
