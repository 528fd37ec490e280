package org.pupil.backbone;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pupil.images.UndecodableImageException;

/**
 * Reads photos in their order, some way ahead of those who work on them. It is run by one thread;
 * any number may take.
 */
final class ReadAhead<T> implements Runnable {
  /** How many bytes may wait; one photo may always, however large. */
  private static final long MAX_WAITING_BYTES = 64L << 20;

  private static final int MAX_WAITING_PHOTOS = 64;

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
  private final Condition changed = lock.newCondition();
  private final Deque<Read<T>> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean ended;

  ReadAhead(List<T> photos, PhotoPipeline.Reader<T> reader) {
    this.photos = photos;
    this.reader = reader;
  }

  @Override
  public void run() {
    try {
      for (T photo : photos) {
        if (!offer(read(photo))) {
          return;
        }
      }
    } finally {
      end();
    }
  }

  private Read<T> read(T photo) {
    try {
      return new Read<>(photo, reader.read(photo), null);
    } catch (NoSuchFileException e) {
      return new Read<>(photo, new byte[0], "there is no such file");
    } catch (AccessDeniedException e) {
      return new Read<>(photo, new byte[0], "no permission to read it");
    } catch (UndecodableImageException e) {
      return new Read<>(photo, new byte[0], e.getMessage());
    } catch (IOException e) {
      return new Read<>(photo, new byte[0], "it cannot be read (" + e.getMessage() + ")");
    }
  }

  private boolean offer(Read<T> read) {
    lock.lock();
    try {
      while (!ended && isFull()) {
        changed.awaitUninterruptibly();
      }
      if (ended) {
        return false;
      }
      waiting.add(read);
      waitingBytes += read.content().length;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return !waiting.isEmpty()
        && (waiting.size() >= MAX_WAITING_PHOTOS || waitingBytes >= MAX_WAITING_BYTES);
  }

  /** Waits for the next photo; empty when all were taken or the reading was cancelled. */
  Optional<Read<T>> next() {
    lock.lock();
    try {
      while (!ended && waiting.isEmpty()) {
        changed.awaitUninterruptibly();
      }
      Optional<Read<T>> read = Optional.ofNullable(waiting.poll());
      read.ifPresent(photo -> waitingBytes -= photo.content().length);
      changed.signalAll();
      return read;
    } finally {
      lock.unlock();
    }
  }

  /** Everybody stops at the next opportunity. */
  void cancel() {
    lock.lock();
    try {
      waiting.clear();
      waitingBytes = 0;
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
