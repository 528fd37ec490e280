package org.pupil.network;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pupil.dataset.PhotoSource;

/**
 * Reads photos in their order, some way ahead of those who work on them. It is run by one thread;
 * any number may take.
 */
final class ReadAhead<T> {
  /**
   * Nothing more is read while so many bytes wait or are worked on. So that many and one photo more
   * are in memory at most.
   */
  static final long MAX_BYTES = 64L << 20;

  /** Nothing more is read while so many photos wait. */
  static final int MAX_WAITING = 64;

  /** A photo that was read, or why it was not. */
  static final class Read<T> {
    private final T photo;
    private final byte[] content;
    private final @Nullable String failure;

    private Read(T photo, byte[] content, @Nullable String failure) {
      this.photo = photo;
      this.content = content;
      this.failure = failure;
    }

    T photo() {
      return photo;
    }

    /** What was read; empty after a failure. */
    byte[] content() {
      return content;
    }

    @Nullable String failure() {
      return failure;
    }
  }

  private final List<T> photos;
  private final PhotoPipeline.Reader<T> reader;
  private final Lock lock = new ReentrantLock();
  private final Condition roomOrEnd = lock.newCondition();
  private final Condition photoOrEnd = lock.newCondition();
  private final Deque<Read<T>> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean ended;

  ReadAhead(List<T> photos, PhotoPipeline.Reader<T> reader) {
    this.photos = photos;
    this.reader = reader;
  }

  /**
   * Reads until all is read or {@link #cancel} is called. After an exception of the reader those
   * who wait for photos wait until {@link #cancel}.
   */
  void readAll() {
    for (T photo : photos) {
      if (!awaitRoom()) {
        return;
      }
      add(read(photo));
    }
    end();
  }

  private Read<T> read(T photo) {
    try {
      return new Read<>(photo, reader.read(photo), null);
    } catch (IOException e) {
      return new Read<>(photo, new byte[0], PhotoSource.reason(e));
    } catch (OutOfMemoryError e) {
      // One array that is too long; what else is in memory is as it was.
      return new Read<>(photo, new byte[0], "it is too large for the memory");
    }
  }

  /** Returns false if there is nothing more to read. */
  private boolean awaitRoom() {
    lock.lock();
    try {
      while (!ended && (waiting.size() >= MAX_WAITING || bytes >= MAX_BYTES)) {
        roomOrEnd.awaitUninterruptibly();
      }
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  private void add(Read<T> read) {
    lock.lock();
    try {
      if (!ended) {
        waiting.add(read);
        bytes += read.content().length;
        photoOrEnd.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      photoOrEnd.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next photo; empty when all were taken or the reading was cancelled. Whoever takes
   * a photo must {@link #release} it.
   */
  Optional<Read<T>> next() {
    lock.lock();
    try {
      while (!ended && waiting.isEmpty()) {
        photoOrEnd.awaitUninterruptibly();
      }
      Optional<Read<T>> read = Optional.ofNullable(waiting.poll());
      roomOrEnd.signal();
      return read;
    } finally {
      lock.unlock();
    }
  }

  /** Says that a photo's content is not needed any more. */
  void release(Read<T> read) {
    lock.lock();
    try {
      bytes -= read.content().length;
      roomOrEnd.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Makes everybody stop at the next opportunity: nothing more is read and nothing given out. */
  void cancel() {
    lock.lock();
    try {
      waiting.clear();
      ended = true;
      roomOrEnd.signalAll();
      photoOrEnd.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
