package org.pupil.graph;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.pupil.errors.PupilException;
import org.pupil.log.proto.DataType;
import org.pupil.log.proto.TensorProto;

/** The values of a SavedModel's variables, which it keeps beside its graph. */
public interface Checkpoint {
  /**
   * Where a value is.
   *
   * @param slice which part of a partitioned variable, as TensorFlow writes it; empty for all
   */
  record Entry(String key, String slice) {}

  /** Opens checkpoints. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens the checkpoint of a SavedModel; nothing is read yet.
     *
     * @param folder the SavedModel's
     * @param where what to call it in a message
     */
    Checkpoint open(Path folder, String where);
  }

  /**
   * Reads values.
   *
   * @param entries where they are
   * @param types their types, one for each entry
   * @throws PupilException of kind BAD_MODEL when one is not there or is of another type
   */
  List<TensorProto> values(List<Entry> entries, List<DataType> types);

  /**
   * What TensorFlow 2 writes down about the objects in a checkpoint: the keys by the variables'
   * names. A name that several variables have is left out.
   *
   * @throws PupilException of kind BAD_MODEL when that cannot be read
   */
  Map<String, String> keysByName();
}
