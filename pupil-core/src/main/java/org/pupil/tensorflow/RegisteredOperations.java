package org.pupil.tensorflow;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.OpDef;

/** The operations that this TensorFlow knows. */
public final class RegisteredOperations {
  private RegisteredOperations() {}

  /**
   * Finds an operation's definition; the library is loaded when the first one is asked for.
   *
   * @return empty when this TensorFlow has no such operation
   */
  public static Optional<OpDef> find(String operation) {
    return Optional.ofNullable(Loaded.BY_NAME.get(operation));
  }

  /** Thousands of definitions, read once for each process, and only if there are functions. */
  private static final class Loaded {
    static final Map<String, OpDef> BY_NAME = byName();

    private static Map<String, OpDef> byName() {
      NativeLibrary.load();
      return TensorFlow.registeredOpList().getOpList().stream()
          .collect(Collectors.toUnmodifiableMap(OpDef::getName, Function.identity()));
    }
  }
}
