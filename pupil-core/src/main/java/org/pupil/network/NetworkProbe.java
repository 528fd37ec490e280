package org.pupil.network;

import java.util.Optional;
import org.pupil.graph.TensorName;
import org.pupil.log.proto.DataType;

/** What an engine says of a graph before anything long depends on it. */
public interface NetworkProbe extends AutoCloseable {
  /** The engine that answered, and that runs the graph. */
  NetworkEngine engine();

  /** The type of a tensor. */
  DataType type(TensorName tensor);

  /**
   * The shape of a tensor for images of the input's size, with -1 for the number of images.
   *
   * @return empty when the first dimension does not count the images
   */
  Optional<long[]> shape(TensorName tensor);

  @Override
  void close();
}
