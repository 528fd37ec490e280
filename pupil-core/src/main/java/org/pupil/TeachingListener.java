package org.pupil;

/**
 * Hears how a training run goes. Calls come from one thread at a time, but not always from the same
 * one, and never from the thread that called {@link Teaching#run}. What a listener throws ends the
 * run and reaches the caller of {@link Teaching#run}.
 *
 * <pre>{@code
 * TeachingListener listener =
 *     new TeachingListener() {
 *       public void progress(Progress progress) {
 *         progress.total().ifPresent(total -> bar.setValue((int) (100 * progress.done() / total)));
 *       }
 *     };
 * }</pre>
 */
public interface TeachingListener {
  /** Hears nothing. */
  TeachingListener NONE = new TeachingListener() {};

  /** The run has come further. */
  default void progress(Progress progress) {}

  /**
   * The run goes on, but a person should know this: a photo that cannot be read is left out, a
   * label has few photos, a photo lies under two labels.
   *
   * @param message one line
   */
  default void problem(String message) {}
}
