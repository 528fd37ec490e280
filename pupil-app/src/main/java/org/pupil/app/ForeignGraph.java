package org.pupil.app;

import java.util.Optional;
import org.pupil.backbone.BackboneRequest;
import org.pupil.images.Alpha;
import org.pupil.labelling.Overrides;

/** What the flags of evaluate say of a graph that does not say it itself. */
record ForeignGraph(BackboneRequest input, ForeignOutputOptions output, Optional<Alpha> alpha) {
  Overrides overrides() {
    return new Overrides(
        output.labels(),
        input.inputLayer(),
        output.outputLayer(),
        input.inputHeight(),
        input.inputWidth(),
        input.inputMean(),
        input.inputStd(),
        alpha);
  }
}
