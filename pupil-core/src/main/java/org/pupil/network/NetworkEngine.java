package org.pupil.network;

import org.pupil.errors.PupilException;
import org.pupil.images.InputSpec;
import org.pupil.log.proto.GraphDef;

/**
 * A library that runs networks. {@code org.pupil.engine.Engines} knows those that there are; it
 * finds them as services, so one that is in another module has a public constructor without
 * parameters, which does nothing that takes long.
 */
public interface NetworkEngine {
  /** What a network is made ready for. */
  enum Purpose {
    /** It runs many times: time spent on making it faster is won back. */
    MANY_PHOTOS,
    /** As {@link #MANY_PHOTOS}, with convolutions in bfloat16 where the processor has it. */
    MANY_PHOTOS_IN_BFLOAT16,
    /** It runs once or a few times, soon. */
    FEW_PHOTOS
  }

  /** Its name, as a person chooses it. */
  String name();

  /**
   * The engine that runs what all engines can run, such as the networks that come with Pupil: this
   * one, or of several that it chooses from the first.
   */
  default NetworkEngine preferred() {
    return this;
  }

  /**
   * Begins to load the library in another thread, which takes a good part of a short program's
   * time. Not needed, and harmless if it fails: {@link #open} says what is wrong.
   */
  void preload();

  /**
   * Loads a network.
   *
   * @param input the images that will be fed
   * @throws PupilException (bad model) if the engine cannot run the graph, there are no such nodes
   *     in it, or they are not of that type and shape; (unavailable) if the engine's library cannot
   *     be loaded
   */
  Network open(NetworkGraph graph, InputSpec input, Purpose purpose);

  /**
   * Looks at a graph.
   *
   * @param graph frozen
   * @param input its placeholder, of [n,height,width,3]
   * @param where what to call the graph in a message
   * @throws PupilException (bad model) if the engine cannot run the graph
   */
  NetworkProbe probe(GraphDef graph, String input, String where);
}
