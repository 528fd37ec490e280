package org.pupil.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pupil.engine.Engines;
import org.pupil.graph.TinyGraph;
import org.pupil.images.ImageDecoder;
import org.pupil.images.InputSpec;

/** With a network of two nodes: its vector is the photo's mean colour. */
@Timeout(60)
class PhotoPipelineTest {
  private static final InputSpec SPEC = new InputSpec(2, 3, 0, 1);
  private static final ImageDecoder DECODER = new ImageDecoder(SPEC);
  private static final Network NETWORK = openNetwork();
  private static final Map<Integer, byte[]> PHOTOS = new ConcurrentHashMap<>();

  @AfterAll
  static void close() {
    NETWORK.close();
  }

  /** A photo whose colour is its number. */
  private static byte[] photo(int number) {
    return PHOTOS.computeIfAbsent(number, PhotoPipelineTest::paint);
  }

  private static byte[] paint(int number) {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 8; i++) {
      image.setRGB(i % 4, i / 4, number << 8 | 77);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /** Notes what it is told. */
  private static class Notes implements PhotoPipeline.Visitor<Integer> {
    final Map<Integer, String> told = Collections.synchronizedMap(new TreeMap<>());
    final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final Set<Integer> decoded = ConcurrentHashMap.newKeySet();

    @Override
    public void decoded(Integer photo, float[] pixels, int offset) {
      assertThat(pixels[offset + 1]).isEqualTo(photo & 0xFF);
      assertThat(pixels[offset + 2]).isEqualTo(77);
      decoded.add(photo);
    }

    @Override
    public void computed(List<Integer> photos, NetworkResult result) {
      threads.add(Thread.currentThread().getName());
      assertThat(photos).hasSizeBetween(1, 8);
      float[] vectors = result.values("features");
      assertThat(vectors).hasSize(photos.size() * 3);
      assertThat(decoded).containsAll(photos);
      for (int i = 0; i < photos.size(); i++) {
        assertThat(vectors[i * 3 + 2]).isEqualTo(77);
        note(photos.get(i), "" + (int) (vectors[i * 3] * 256 + vectors[i * 3 + 1]));
      }
    }

    @Override
    public void failed(Integer photo, String reason) {
      note(photo, reason);
    }

    private void note(Integer photo, String what) {
      assertThat(told.put(photo, what)).as("photo %d is told once", photo).isNull();
    }
  }

  private static void run(
      int threads,
      int count,
      PhotoPipeline.Reader<Integer> reader,
      PhotoPipeline.Visitor<Integer> visitor) {
    new PhotoPipeline<Integer>(DECODER, NETWORK, threads).run(numbers(count), reader, visitor);
  }

  private static Set<Thread> threadsOfPipelines() {
    Set<Thread> alive = ConcurrentHashMap.newKeySet();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("photo-worker")) {
        alive.add(thread);
      }
    }
    return alive;
  }

  // --- what goes through -------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1", "1, 8", "1, 9", "3, 2", "3, 24", "4, 1000", "64, 100"})
  void everyPhotoIsVisitedOnceWithItsOwnVector(int threads, int count) {
    Notes notes = new Notes();
    run(threads, count, PhotoPipelineTest::photo, notes);
    assertThat(notes.told.keySet()).containsExactlyElementsOf(numbers(count));
    notes.told.forEach((photo, vector) -> assertThat(vector).isEqualTo("" + photo));
    assertThat(threadsOfPipelines()).isEmpty();
  }

  @Test
  void photosThatCannotBeReadOrDecodedAreToldAndTheOthersGoOn() {
    Notes notes = new Notes();
    run(
        3,
        100,
        photo -> {
          if (photo % 10 == 3) {
            throw new NoSuchFileException(photo + ".jpg");
          }
          if (photo % 10 == 5) {
            return "not a photo".getBytes(UTF_8);
          }
          return photo % 10 == 7 ? new byte[0] : photo(photo);
        },
        notes);
    assertThat(notes.told).hasSize(100);
    notes.told.forEach(
        (photo, what) ->
            assertThat(what)
                .isEqualTo(
                    switch (photo % 10) {
                      case 3 -> "there is no such file";
                      case 5 -> "not an image (JPEG, PNG, GIF, BMP, WebP or TIFF)";
                      case 7 -> "the file is empty";
                      default -> "" + photo;
                    }));
  }

  @Test
  void whatTheVisitorDoesNotWantIsNotDecoded() {
    Notes notes =
        new Notes() {
          @Override
          public boolean wants(Integer photo, byte[] content) {
            assertThat(content).isEqualTo(photo % 2 == 0 ? photo(photo) : new byte[] {1, 2, 3});
            return photo % 2 == 0;
          }
        };
    run(2, 50, photo -> photo % 2 == 0 ? photo(photo) : new byte[] {1, 2, 3}, notes);
    assertThat(notes.told.keySet())
        .containsExactlyElementsOf(numbers(50).stream().filter(photo -> photo % 2 == 0).toList());
  }

  @Test
  void photosAreReadInTheirOrderByOneThread() {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    Set<Thread> readers = ConcurrentHashMap.newKeySet();
    run(
        4,
        300,
        photo -> {
          order.add(photo);
          readers.add(Thread.currentThread());
          return photo(photo);
        },
        new Notes());
    assertThat(order).containsExactlyElementsOf(numbers(300));
    assertThat(readers).hasSize(1);
  }

  @Test
  void threadsWorkAtTheSameTime() {
    CyclicBarrier together = new CyclicBarrier(3);
    Notes notes =
        new Notes() {
          @Override
          public void computed(List<Integer> photos, NetworkResult result) {
            await(together);
            super.computed(photos, result);
          }
        };
    // Each thread has to be given its first batch before one of them gets its second.
    run(3, 24, PhotoPipelineTest::photo, notes);
    assertThat(notes.threads).hasSize(3);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void decoderAndNetworkMustAgree() {
    ImageDecoder other = new ImageDecoder(new InputSpec(2, 3, 0, 255));

    assertThatThrownBy(() -> new PhotoPipeline<Integer>(other, NETWORK, 1))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("std=255");

    assertThatThrownBy(() -> new PhotoPipeline<Integer>(DECODER, NETWORK, 0))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be at least 1, was 0");
  }

  // --- a network that is still being opened
  // -------------------------------------------------------

  private static Network openNetwork() {
    return Engines.auto()
        .open(
            new NetworkGraph.OfTensorFlow(
                TinyGraph.pool("input", "pool"), "input", Map.of("features", "pool")),
            SPEC,
            NetworkEngine.Purpose.FEW_PHOTOS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void photosAreDecodedWhileTheNetworkIsOpened(int threads) {
    CountDownLatch decoded = new CountDownLatch(50);
    Notes notes =
        new Notes() {
          @Override
          public boolean wants(Integer photo, byte[] content) {
            decoded.countDown();
            return true;
          }
        };
    try (OpeningNetwork opening =
        OpeningNetwork.begin(
            () -> {
              await(decoded);
              return openNetwork();
            })) {
      new PhotoPipeline<Integer>(DECODER, opening, threads)
          .run(numbers(101), PhotoPipelineTest::photo, notes);
    }
    assertThat(notes.told).hasSize(101);
    notes.told.forEach((photo, vector) -> assertThat(vector).isEqualTo("" + photo));
  }

  @Test
  void aNetworkThatCannotBeOpenedEndsIt() {
    IllegalStateException refusal = new IllegalStateException("no such network");
    Notes notes = new Notes();
    try (OpeningNetwork opening =
        OpeningNetwork.begin(
            () -> {
              throw refusal;
            })) {
      PhotoPipeline<Integer> pipeline = new PhotoPipeline<>(DECODER, opening, 2);
      assertThatThrownBy(() -> pipeline.run(numbers(100), PhotoPipelineTest::photo, notes))
          .isSameAs(refusal);
    }
    assertThat(notes.told).isEmpty();
  }

  @Test
  void aNetworkThatOpensButDoesNotAgreeEndsIt() {
    ImageDecoder other = new ImageDecoder(new InputSpec(2, 3, 0, 255));
    try (OpeningNetwork opening = OpeningNetwork.begin(PhotoPipelineTest::openNetwork)) {
      PhotoPipeline<Integer> pipeline = new PhotoPipeline<>(other, opening, 2);
      Notes notes =
          new Notes() {
            @Override
            public void decoded(Integer photo, float[] pixels, int offset) {
              // The pixels are scaled otherwise.
            }
          };
      assertThatThrownBy(() -> pipeline.run(numbers(9), PhotoPipelineTest::photo, notes))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("std=255");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // --- what stops it -----------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"wants", "computed", "failed", "read"})
  void anExceptionReachesTheCallerAndEndsAllThreads(String where) {
    RuntimeException trouble = new IllegalCallerException("the disk is full");
    AtomicBoolean ended = new AtomicBoolean();
    AtomicInteger visitedAfterEnd = new AtomicInteger();
    PhotoPipeline.Visitor<Integer> visitor =
        new PhotoPipeline.Visitor<>() {
          @Override
          public boolean wants(Integer photo, byte[] content) {
            visit("wants", photo, 77);
            return true;
          }

          @Override
          public void computed(List<Integer> photos, NetworkResult result) {
            visit("computed", photos.get(0), 40);
          }

          @Override
          public void failed(Integer photo, String reason) {
            visit("failed", photo, 60);
          }

          private void visit(String what, int photo, int from) {
            if (ended.get()) {
              visitedAfterEnd.incrementAndGet();
            }
            if (what.equals(where) && photo >= from) {
              throw trouble;
            }
          }
        };
    AtomicInteger reads = new AtomicInteger();
    assertThatThrownBy(
            () ->
                run(
                    3,
                    100_000,
                    photo -> {
                      reads.incrementAndGet();
                      if (where.equals("read") && photo == 80) {
                        throw trouble;
                      }
                      return photo % 20 == 0 ? new byte[0] : photo(photo % 100);
                    },
                    visitor))
        .isSameAs(trouble);
    ended.set(true);
    assertThat(threadsOfPipelines()).isEmpty();
    assertThat(reads.get()).isLessThan(1000);
    assertThat(visitedAfterEnd.get()).isZero();
  }

  @Test
  void anErrorReachesTheCallerToo() {
    Error trouble = new StackOverflowError();
    assertThatThrownBy(
            () ->
                run(
                    2,
                    100,
                    PhotoPipelineTest::photo,
                    new Notes() {
                      @Override
                      public void computed(List<Integer> photos, NetworkResult result) {
                        throw trouble;
                      }
                    }))
        .isSameAs(trouble);
  }

  @Test
  void whatElseGoesWrongMeanwhileIsKept() {
    CyclicBarrier together = new CyclicBarrier(2);
    assertThatThrownBy(
            () ->
                run(
                    2,
                    100,
                    PhotoPipelineTest::photo,
                    new Notes() {
                      @Override
                      public void computed(List<Integer> photos, NetworkResult result) {
                        await(together);
                        throw new IllegalStateException(Thread.currentThread().getName());
                      }
                    }))
        .satisfies(
            e -> {
              assertThat(e.getSuppressed()).hasSize(1);
              assertThat(List.of(e.getMessage(), e.getSuppressed()[0].getMessage()))
                  .containsExactlyInAnyOrder("photo-worker-0", "photo-worker-1");
            });
  }

  @Test
  void afterAnExceptionNoBatchIsBegun() {
    AtomicInteger computed = new AtomicInteger();
    AtomicInteger decoded = new AtomicInteger();
    PhotoPipeline.Visitor<Integer> visitor =
        new Notes() {
          @Override
          public boolean wants(Integer photo, byte[] content) {
            if (decoded.incrementAndGet() == 5) {
              throw new IllegalStateException("enough");
            }
            return true;
          }

          @Override
          public void computed(List<Integer> photos, NetworkResult result) {
            computed.incrementAndGet();
          }
        };
    assertThatThrownBy(() -> run(1, 100, PhotoPipelineTest::photo, visitor)).hasMessage("enough");
    assertThat(computed.get()).as("four photos were decoded, but not a whole batch").isZero();
  }

  @Test
  void anInterruptedCallerStopsEvenIfTheReaderHangs() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Notes notes = new Notes();
    AtomicReference<Throwable> outcome = new AtomicReference<>();
    AtomicBoolean stillMarked = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              try {
                run(
                    2,
                    100,
                    photo -> {
                      if (photo == 50) {
                        hanging.countDown();
                        awaitUninterruptibly(never); // as a dead network drive does
                      }
                      return photo(photo);
                    },
                    notes);
              } catch (IllegalStateException e) {
                outcome.set(e);
                stillMarked.set(Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    hanging.await();
    caller.interrupt();
    caller.join();
    never.countDown();
    assertThat(outcome.get()).hasMessage("interrupted while computing");
    assertThat(stillMarked).isTrue();
    assertThat(threadsOfPipelines()).isEmpty();
    assertThat(notes.told.size()).isLessThanOrEqualTo(50);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException e) {
        Thread.interrupted();
      }
    }
  }
}
