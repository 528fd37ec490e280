package org.pupil.tensorflow;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pupil.log.proto.OpDef;
import org.tensorflow.TensorFlow;

/** The operations that this TensorFlow knows. */
public final class RegisteredOperations {
  private RegisteredOperations() {}

  /**
   * Finds an operation's definition; the library is loaded when the first one is asked for.
   *
   * @return empty when this TensorFlow has no such operation
   */
  public static Optional<OpDef> find(String operation) {
    return Optional.ofNullable(Loaded.BY_NAME.get(operation)).map(RegisteredOperations::plain);
  }

  /** TensorFlow's own class of the message is used here only. */
  private static OpDef plain(org.tensorflow.proto.OpDef definition) {
    try {
      return OpDef.parseFrom(definition.toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("TensorFlow's own message cannot be read", e);
    }
  }

  /** Thousands of definitions, read once for each process, and only if there are functions. */
  private static final class Loaded {
    static final Map<String, org.tensorflow.proto.OpDef> BY_NAME = byName();

    private static Map<String, org.tensorflow.proto.OpDef> byName() {
      NativeLibrary.load();
      return TensorFlow.registeredOpList().getOpList().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  org.tensorflow.proto.OpDef::getName, Function.identity()));
    }
  }
}
