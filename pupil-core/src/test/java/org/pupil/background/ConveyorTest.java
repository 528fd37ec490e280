package org.pupil.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConveyorTest {
  private final List<Integer> received = Collections.synchronizedList(new ArrayList<>());

  private static List<int[]> trays(int count) {
    return Stream.generate(() -> new int[1]).limit(count).toList();
  }

  private static void send(Conveyor<int[]> conveyor, int number) {
    int[] tray = conveyor.tray();
    tray[0] = number;
    conveyor.send(tray);
  }

  private void receive(List<int[]> full) {
    full.forEach(tray -> received.add(tray[0]));
  }

  @Test
  void everythingArrivesInOrder() {
    List<Integer> numbers = IntStream.range(0, 10_000).boxed().toList();
    try (Conveyor<int[]> conveyor = new Conveyor<>("test", trays(7), this::receive)) {
      numbers.forEach(number -> send(conveyor, number));
    }
    assertThat(received).isEqualTo(numbers);
  }

  @Test
  void whatIsSettledHasArrived() {
    try (Conveyor<int[]> conveyor = new Conveyor<>("test", trays(4), this::receive)) {
      conveyor.settle();
      send(conveyor, 1);
      conveyor.settle();
      assertThat(received).containsExactly(1);
      send(conveyor, 2);
      send(conveyor, 3);
      conveyor.settle();
      assertThat(received).containsExactly(1, 2, 3);
    }
  }

  @Test
  void noMoreIsUnderWayThanThereAreTrays() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    try (Conveyor<int[]> conveyor =
        new Conveyor<>(
            "test",
            trays(3),
            full -> {
              Waiting.on(goOn);
              receive(full);
            })) {
      IntStream.range(0, 3).forEach(number -> send(conveyor, number));
      Thread fourth = new Thread(() -> send(conveyor, 3));
      fourth.start();
      fourth.join(100);
      assertThat(fourth.isAlive()).isTrue();
      goOn.countDown();
      fourth.join();
    }
    assertThat(received).containsExactly(0, 1, 2, 3);
  }

  @Test
  void aFaultOfTheReceiverIsTheSenders() {
    IllegalStateException fault = new IllegalStateException("broken");
    Conveyor<int[]> conveyor =
        new Conveyor<>(
            "test",
            trays(2),
            full -> {
              throw fault;
            });
    send(conveyor, 1);
    assertThatThrownBy(conveyor::settle).isSameAs(fault);
    assertThatThrownBy(conveyor::tray).isSameAs(fault);
    assertThatCode(conveyor::close).as("told before").doesNotThrowAnyException();
  }

  @Test
  void aFaultThatNobodyHasSeenIsThrownInTheEnd() {
    Conveyor<int[]> conveyor =
        new Conveyor<>(
            "test",
            trays(2),
            full -> {
              throw new AssertionError("broken");
            });
    send(conveyor, 1);
    assertThatThrownBy(conveyor::close).isInstanceOf(AssertionError.class).hasMessage("broken");
  }

  @Test
  void anInterruptIsKeptAndNothingIsLost() {
    try (Conveyor<int[]> conveyor = new Conveyor<>("test", trays(2), this::receive)) {
      Thread.currentThread().interrupt();
      IntStream.range(0, 100).forEach(number -> send(conveyor, number));
      conveyor.settle();
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(received).hasSize(100);
  }

  @Test
  void oneTrayIsTooFew() {
    assertThatThrownBy(() -> new Conveyor<>("test", trays(1), this::receive))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Waits without a checked exception. */
  private static final class Waiting {
    private Waiting() {}

    static void on(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
