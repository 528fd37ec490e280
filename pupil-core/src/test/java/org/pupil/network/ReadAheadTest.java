package org.pupil.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
  private static final int MEGABYTE = 1 << 20;

  private final List<Integer> read = Collections.synchronizedList(new ArrayList<>());

  private static List<Integer> photos(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private ReadAhead<Integer> of(int count, int bytes) {
    return new ReadAhead<>(
        photos(count),
        photo -> {
          read.add(photo);
          return new byte[bytes];
        });
  }

  private static Thread start(ReadAhead<?> readAhead) {
    Thread thread = new Thread(readAhead::readAll, "read-ahead-test");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void awaitStandstill(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void photosComeInTheirOrderAndThenNoMore() throws Exception {
    ReadAhead<Integer> readAhead = of(200, 3);
    Thread thread = start(readAhead);
    for (int i = 0; i < 200; i++) {
      ReadAhead.Read<Integer> next = readAhead.next().orElseThrow();
      assertThat(next.photo()).isEqualTo(i);
      assertThat(next.content()).hasSize(3);
      assertThat(next.failure()).isNull();
      readAhead.release(next);
    }
    assertThat(readAhead.next()).isEmpty();
    assertThat(readAhead.next()).isEmpty();
    thread.join();
  }

  @Test
  void smallPhotosAreReadAheadUpToANumber() {
    ReadAhead<Integer> readAhead = of(1000, 10);
    Thread thread = start(readAhead);
    awaitStandstill(thread);
    assertThat(read).hasSize(ReadAhead.MAX_WAITING);
    readAhead.next();
    readAhead.next();
    awaitReads(ReadAhead.MAX_WAITING + 2);
    awaitStandstill(thread);
    assertThat(read).hasSize(ReadAhead.MAX_WAITING + 2);
    readAhead.cancel();
  }

  private void awaitReads(int count) {
    while (read.size() < count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void largePhotosAreReadAheadUpToSoManyBytesUntilTheyAreReleased() {
    ReadAhead<Integer> readAhead = of(1000, 5 * MEGABYTE);
    Thread thread = start(readAhead);
    awaitStandstill(thread);
    // 12 photos are 60 megabytes, which leaves room for one more.
    assertThat(read).hasSize(13);
    ReadAhead.Read<Integer> first = readAhead.next().orElseThrow();
    readAhead.next();
    readAhead.next();
    awaitStandstill(thread);
    assertThat(read).as("while those that were taken are worked on").hasSize(13);
    readAhead.release(first);
    awaitReads(14);
    awaitStandstill(thread);
    assertThat(read).hasSize(14);
    readAhead.cancel();
  }

  @Test
  void onePhotoIsAlwaysReadHoweverLarge() throws Exception {
    ReadAhead<Integer> readAhead = of(2, (int) ReadAhead.MAX_BYTES + MEGABYTE);
    Thread thread = start(readAhead);
    awaitStandstill(thread);
    assertThat(read).containsExactly(0);
    readAhead.release(readAhead.next().orElseThrow());
    awaitReads(2);
    assertThat(readAhead.next().orElseThrow().photo()).isEqualTo(1);
    assertThat(readAhead.next()).isEmpty();
    thread.join();
  }

  @Test
  void cancellingEndsTheReadingAndTheWaiting() throws Exception {
    ReadAhead<Integer> readAhead = of(1000, 10);
    Thread thread = start(readAhead);
    awaitStandstill(thread);
    readAhead.cancel();
    thread.join();
    assertThat(read).hasSize(ReadAhead.MAX_WAITING);
    assertThat(readAhead.next()).isEmpty();
  }

  @Test
  void whyAPhotoWasNotReadIsTold() {
    List<IOException> failures =
        List.of(
            new NoSuchFileException("a.jpg"),
            new AccessDeniedException("a.jpg"),
            new IOException("Input/output error"));
    ReadAhead<IOException> readAhead =
        new ReadAhead<>(
            failures,
            failure -> {
              throw failure;
            });
    readAhead.readAll();
    assertThat(IntStream.range(0, 3).mapToObj(i -> readAhead.next().orElseThrow().failure()))
        .containsExactly(
            "there is no such file",
            "no permission to read it",
            "it cannot be read (Input/output error)");
    assertThat(readAhead.next()).isEqualTo(Optional.empty());
  }
}
