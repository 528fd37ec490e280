package org.pupil.model;

import java.nio.file.Path;
import java.util.Optional;
import org.pupil.backbone.Backbone;
import org.pupil.backbone.BackboneCatalog;
import org.pupil.backbone.BackboneRequest;

/** The backbone of a model, if it is one of those that are part of this program. */
public final class BuiltInBackbone {
  private BuiltInBackbone() {}

  /**
   * What to ask a catalogue for. Nothing is downloaded for it.
   *
   * @param modelDir where downloaded backbones are, which may stand in for a built-in one
   * @return empty if the model says of no built-in backbone that it is on it
   */
  public static Optional<BackboneRequest> requestFor(ModelDescription model, Path modelDir) {
    return Optional.ofNullable(model.provenance().backbone().name())
        .filter(BackboneCatalog::isBuiltIn)
        .map(name -> BackboneRequest.architecture(name, modelDir));
  }

  /** Whether a model was made on just this backbone. */
  public static boolean isOf(ModelDescription model, Backbone backbone) {
    Provenance.BackboneUsed used = model.provenance().backbone();
    return backbone.sha256().equals(used.sha256())
        && backbone.bottleneckLayer().equals(used.bottleneckLayer())
        && backbone.bottleneckSize() == used.bottleneckSize()
        && backbone.input().height() == model.inputHeight()
        && backbone.input().width() == model.inputWidth()
        && backbone.input().mean().equals(used.mean())
        && backbone.input().std().equals(used.std());
  }
}
