package org.pupil.graph;

import java.util.Optional;
import org.pupil.log.proto.OpDef;

/** What inputs, outputs and attributes operations have. An engine knows those that it can run. */
@FunctionalInterface
public interface OperationDefinitions {
  /** The definition of an operation; empty when there is no such operation. */
  Optional<OpDef> find(String operation);
}
