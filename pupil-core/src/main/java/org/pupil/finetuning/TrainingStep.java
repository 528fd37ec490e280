package org.pupil.finetuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.pupil.chance.Chance;
import org.pupil.engine.MatrixProducts;

/**
 * Computes loss, gradients and bottlenecks of batches with several threads. A batch is cut into
 * slices of a fixed size, and what the slices give is added in their order, so that the numbers do
 * not depend on the threads. Owns native memory and threads.
 */
final class TrainingStep implements AutoCloseable {
  /** Maps and gradients of a thread's slice take so many floats at most, or one photo's. */
  private static final long MOST_FLOATS = 8L << 20;

  private static final int LARGEST_SLICE = 8;

  /** More slices than any batch has: a stream of chance for each slice of each step. */
  private static final long SLICES = 1 << 20;

  private static final long NANOS_OF_A_SECOND = 1_000_000_000;
  private static final long PROBE_NANOS = 3 * NANOS_OF_A_SECOND / 2;

  /** A photo in one of its views. */
  record Drawn(int photo, int view) {}

  private final UpperLayers network;
  private final Head head;
  private final FineTuningSettings settings;
  private final SmoothedLoss loss;
  private final int slice;
  private final MatrixProducts products = MatrixProducts.open();
  private final ExecutorService executor;
  private final BlockingQueue<Worker> idle;
  private final List<List<float[]>> gradients = new ArrayList<>();

  TrainingStep(UpperLayers network, Head head, FineTuningSettings settings, int threads) {
    this.network = network;
    this.head = head;
    this.settings = settings;
    this.loss = new SmoothedLoss(settings.labelSmoothing());
    this.slice = sliceOf(network);
    this.executor = Executors.newFixedThreadPool(threads);
    this.idle = new ArrayBlockingQueue<>(threads);
    for (int i = 0; i < threads; i++) {
      idle.add(new Worker());
    }
  }

  private static int sliceOf(UpperLayers network) {
    long floats = network.input().floats();
    for (MapShape shape : network.shapes()) {
      floats += shape.floats();
    }
    return (int) Math.max(1, Math.min(LARGEST_SLICE, MOST_FLOATS / floats));
  }

  /** What one thread works with. */
  private final class Worker {
    final UpperLayersPass pass = new UpperLayersPass(network, slice, products);
    final float[][] bottlenecks = new float[slice][network.dimension()];
    final float[][] bottleneckGradients = new float[slice][network.dimension()];
    final float[] kept = new float[network.dimension()];
    final float[] dropped = new float[network.dimension()];
    final float[] logitGradient = new float[head.labels()];
  }

  /** Everything that is trained: the network's parameters, then the final layer's. */
  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(network.parameters());
    all.addAll(head.parameters());
    return all;
  }

  /** Runs something in the threads. */
  <T> List<T> inThreads(List<Callable<T>> tasks) {
    List<Future<T>> futures = tasks.stream().map(executor::submit).toList();
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      futures.forEach(future -> future.cancel(true));
      throw new IllegalStateException("interrupted while training", e);
    } catch (ExecutionException e) {
      futures.forEach(future -> future.cancel(true));
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException("a batch failed", e.getCause());
    }
  }

  /**
   * Computes the gradients of a batch.
   *
   * @param step its number in the whole training, from 0 on
   * @param sums receives them, one array for each of {@link #parameters}
   * @return the sum of the photos' losses
   */
  double gradients(TunedPhotos photos, List<Drawn> batch, long step, List<float[]> sums) {
    List<Callable<Double>> tasks = new ArrayList<>();
    for (int from = 0; from < batch.size(); from += slice) {
      int number = from / slice;
      if (gradients.size() <= number) {
        gradients.add(parameters().stream().map(each -> new float[each.size()]).toList());
      }
      List<Drawn> part = batch.subList(from, Math.min(batch.size(), from + slice));
      Chance chance = new Chance(settings.seed(), Chance.Purpose.DROPOUT, step * SLICES + number);
      tasks.add(
          () -> withWorker(worker -> slice(worker, photos, part, batch.size(), chance, number)));
    }
    double total = 0;
    for (double each : inThreads(tasks)) {
      total += each;
    }
    for (int p = 0; p < sums.size(); p++) {
      Arrays.fill(sums.get(p), 0);
      for (int number = 0; number < tasks.size(); number++) {
        Rows.add(sums.get(p), gradients.get(number).get(p));
      }
    }
    return total;
  }

  private interface Work<T> {
    T with(Worker worker);
  }

  private <T> T withWorker(Work<T> work) throws InterruptedException {
    Worker worker = idle.take();
    try {
      return work.with(worker);
    } finally {
      idle.add(worker);
    }
  }

  private double slice(
      Worker worker,
      TunedPhotos photos,
      List<Drawn> part,
      int batchSize,
      Chance chance,
      int number) {
    List<float[]> own = gradients.get(number);
    own.forEach(each -> Arrays.fill(each, 0));
    forward(worker, photos, part);
    int ofNetwork = network.parameters().size();
    List<float[]> ofHead = own.subList(ofNetwork, own.size());
    double total = 0;
    for (int i = 0; i < part.size(); i++) {
      drop(worker, worker.bottlenecks[i], chance);
      float[] logits = head.logits(worker.dropped);
      int label = photos.label(part.get(i).photo());
      total += loss.of(logits, label, 1.0 / batchSize, worker.logitGradient);
      float[] gradient = worker.bottleneckGradients[i];
      head.backward(worker.logitGradient, worker.dropped, ofHead, gradient);
      Rows.multiply(gradient, worker.kept);
    }
    worker.pass.backward(part.size(), worker.bottleneckGradients, own.subList(0, ofNetwork));
    return total;
  }

  private void forward(Worker worker, TunedPhotos photos, List<Drawn> part) {
    int places = network.input().places();
    for (int i = 0; i < part.size(); i++) {
      photos.read(part.get(i).photo(), part.get(i).view(), worker.pass.cut(), i * places);
    }
    worker.pass.forward(part.size(), worker.bottlenecks);
  }

  private void drop(Worker worker, float[] bottleneck, Chance chance) {
    float scale = (float) (1 / (1 - settings.dropout()));
    for (int j = 0; j < bottleneck.length; j++) {
      worker.kept[j] = chance.unitFloat() < settings.dropout() ? 0 : scale;
    }
    System.arraycopy(bottleneck, 0, worker.dropped, 0, bottleneck.length);
    Rows.multiply(worker.dropped, worker.kept);
  }

  /**
   * How many seconds of the clock it takes to learn from a photo of a batch, when what is run often
   * has been compiled. Changes no parameter.
   */
  double secondsOfPhoto(TunedPhotos photos, int batchSize) {
    List<Drawn> batch = new ArrayList<>();
    for (int i = 0; i < batchSize; i++) {
      batch.add(new Drawn(i % photos.size(), 0));
    }
    List<float[]> sums =
        parameters().stream().map(parameter -> new float[parameter.size()]).toList();
    long begin = System.nanoTime();
    long last;
    long end = begin;
    do {
      last = end;
      gradients(photos, batch, 0, sums);
      end = System.nanoTime();
    } while (last == begin || end - begin < PROBE_NANOS);
    return (end - last) / (double) NANOS_OF_A_SECOND / batchSize;
  }

  /** The logits of photos as they are, without dropout. */
  float[][] logits(TunedPhotos photos) {
    float[][] logits = bottlenecks(photos);
    Arrays.setAll(logits, photo -> head.logits(logits[photo]));
    return logits;
  }

  /** The bottlenecks [n][d] of photos as they are. */
  float[][] bottlenecks(TunedPhotos photos) {
    float[][] bottlenecks = new float[photos.size()][];
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int from = 0; from < bottlenecks.length; from += slice) {
      List<Drawn> part = new ArrayList<>();
      for (int i = from; i < Math.min(bottlenecks.length, from + slice); i++) {
        part.add(new Drawn(i, 0));
      }
      tasks.add(
          () ->
              withWorker(
                  worker -> {
                    forward(worker, photos, part);
                    for (int i = 0; i < part.size(); i++) {
                      bottlenecks[part.get(i).photo()] = worker.bottlenecks[i].clone();
                    }
                    return true;
                  }));
    }
    inThreads(tasks);
    return bottlenecks;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    products.close();
  }
}
