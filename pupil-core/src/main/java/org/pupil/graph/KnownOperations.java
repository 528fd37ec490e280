package org.pupil.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pupil.log.proto.OpDef;
import org.pupil.log.proto.OpList;

/**
 * The definitions of TensorFlow's operations, from a file that comes with Pupil: what is to be
 * known of a function's nodes when it is inlined, without TensorFlow.
 */
public final class KnownOperations {
  private static final String RESOURCE = "operations.pb";

  private KnownOperations() {}

  /**
   * Finds an operation's definition; the file is read when the first one is asked for.
   *
   * @return empty when there is no such operation
   */
  public static Optional<OpDef> find(String operation) {
    return Optional.ofNullable(Read.BY_NAME.get(operation));
  }

  /**
   * More than a thousand definitions, read once for each process, and only if there are functions.
   */
  private static final class Read {
    static final Map<String, OpDef> BY_NAME = byName();

    private static Map<String, OpDef> byName() {
      try (InputStream in = KnownOperations.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException(RESOURCE + " is missing from Pupil's own files");
        }
        return OpList.parseFrom(in).getOpList().stream()
            .collect(Collectors.toUnmodifiableMap(OpDef::getName, Function.identity()));
      } catch (IOException e) {
        throw new UncheckedIOException(RESOURCE + " cannot be read from Pupil's own files", e);
      }
    }
  }
}
