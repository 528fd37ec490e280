package org.pupil;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.pupil.dataset.PhotoSource;

/** Answers in the order of the photos, some at a time: when the first of them is asked for. */
final class Answers implements Iterator<Answer> {
  private final Iterator<PhotoSource> photos;
  private final Function<List<PhotoSource>, List<Answer>> labeller;
  private final int atATime;
  private final Deque<Answer> ready = new ArrayDeque<>();

  /**
   * @param labeller gives an answer for each photo, in their order
   * @param atATime how many photos it gets
   */
  Answers(
      Iterator<PhotoSource> photos,
      Function<List<PhotoSource>, List<Answer>> labeller,
      int atATime) {
    this.photos = photos;
    this.labeller = labeller;
    this.atATime = atATime;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty() && photos.hasNext()) {
      List<PhotoSource> some = new ArrayList<>();
      while (some.size() < atATime && photos.hasNext()) {
        some.add(photos.next());
      }
      ready.addAll(labeller.apply(some));
    }
    return !ready.isEmpty();
  }

  @Override
  public Answer next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}
