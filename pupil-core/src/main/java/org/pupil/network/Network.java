package org.pupil.network;

import java.util.List;
import org.pupil.errors.PupilException;
import org.pupil.images.InputSpec;

/**
 * A network that is loaded and ready: images in, one or several named outputs out. Owns native
 * memory. Safe for use by many threads.
 *
 * <p>Each run does its work in the thread that calls it: who wants more cores calls from more
 * threads. What an output says of an image depends on that image only: not on the others of its
 * batch, nor on its place among them, nor on the number of threads. How exactly that holds is the
 * engine's promise; {@link NetworkEngine} names the engines.
 */
public interface Network extends AutoCloseable {
  /** The images that it takes. */
  InputSpec input();

  /** What it gives, in the order in which it was asked for when the network was opened. */
  List<OutputSpec> outputs();

  /**
   * Computes all outputs for some images, in one run.
   *
   * @param pixels images [count, height, width, 3] as {@link #input()} says, row-major, at the
   *     array's beginning; what follows is not looked at
   * @param count number of images, at least 1
   * @throws PupilException (bad model) if the network fails on them; (unavailable) if there is not
   *     enough memory
   */
  NetworkResult run(float[] pixels, int count);

  /** Waits for the runs under way, then frees the native memory. */
  @Override
  void close();
}
