package org.pupil.finetuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.pupil.chance.Chance;
import org.pupil.engine.MatrixProducts;
import org.pupil.training.FinalLayer;

/** Trains the upper layers of a backbone together with the final layer, from maps at the cut. */
final class FineTuner implements AutoCloseable {
  /** Photos that one thread takes at a time; the sum of gradients goes in their order. */
  private static final int SLICE = 8;

  private final UpperLayers network;
  private final Head head;
  private final FineTuningSettings settings;
  private final CutMaps maps;
  private final List<Parameter> parameters;
  private final ExecutorService threads;
  private final MatrixProducts products = MatrixProducts.open();
  private final BlockingQueue<Worker> idle = new LinkedBlockingQueue<>();
  private final List<List<float[]>> gradients = new ArrayList<>();
  private final AdamUpdate update;

  FineTuner(
      UpperLayers network,
      FinalLayer start,
      FineTuningSettings settings,
      CutMaps maps,
      int threadCount) {
    this.network = network;
    this.head = new Head(start);
    this.settings = settings;
    this.maps = maps;
    this.parameters = new ArrayList<>(network.parameters());
    parameters.addAll(head.parameters());
    this.update = new AdamUpdate(parameters);
    this.threads = Executors.newFixedThreadPool(threadCount);
    for (int i = 0; i < threadCount; i++) {
      idle.add(new Worker());
    }
    int slices = (settings.batchSize() + SLICE - 1) / SLICE;
    for (int i = 0; i < slices; i++) {
      List<float[]> own = new ArrayList<>();
      parameters.forEach(parameter -> own.add(new float[parameter.size()]));
      gradients.add(own);
    }
  }

  private final class Worker {
    final UpperLayersPass pass = new UpperLayersPass(network, SLICE, products);
    final float[][] bottlenecks = new float[SLICE][network.dimension()];
    final float[][] bottleneckGradients = new float[SLICE][network.dimension()];
    final float[] keep = new float[network.dimension()];
  }

  /** A photo in a view. */
  private record Drawn(int photo, int view) {}

  interface Listener {
    void epoch(int epoch, double trainLoss);
  }

  void train(int[] photos, int[] labelOf, Listener listener) {
    int stepsAnEpoch = (photos.length + settings.batchSize() - 1) / settings.batchSize();
    long steps = (long) stepsAnEpoch * settings.epochs();
    long step = 0;
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      Drawn[] order = order(photos, epoch);
      double loss = 0;
      for (int from = 0; from < order.length; from += settings.batchSize()) {
        int to = Math.min(order.length, from + settings.batchSize());
        loss += step(Arrays.copyOfRange(order, from, to), labelOf, step, steps);
        step++;
      }
      listener.epoch(epoch, loss / order.length);
    }
  }

  private Drawn[] order(int[] photos, int epoch) {
    Chance chance = new Chance(settings.seed(), Chance.Purpose.TRAINING_BATCHES, epoch);
    Drawn[] order = new Drawn[photos.length];
    for (int i = 0; i < photos.length; i++) {
      int offset =
          new Chance(settings.seed(), Chance.Purpose.DISTORTIONS, photos[i]).below(maps.views());
      order[i] = new Drawn(photos[i], (offset + epoch) % maps.views());
    }
    for (int i = order.length - 1; i > 0; i--) {
      int j = chance.below(i + 1);
      Drawn other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
    return order;
  }

  private double step(Drawn[] batch, int[] labelOf, long step, long steps) {
    List<Future<Double>> losses = new ArrayList<>();
    int slices = (batch.length + SLICE - 1) / SLICE;
    for (int slice = 0; slice < slices; slice++) {
      int number = slice;
      Drawn[] part =
          Arrays.copyOfRange(batch, slice * SLICE, Math.min(batch.length, (slice + 1) * SLICE));
      losses.add(
          threads.submit(() -> slice(part, labelOf, batch.length, gradients.get(number), step, number)));
    }
    double loss = 0;
    for (Future<Double> each : losses) {
      loss += get(each);
    }
    update.step(gradients.subList(0, slices), rate(step, steps), settings.averaging(), threads);
    return loss;
  }

  private double rate(long step, long steps) {
    double warm = settings.warmUp() * steps;
    if (step < warm) {
      return settings.learningRate() * (step + 1) / (warm + 1);
    }
    return settings.learningRate() * 0.5 * (1 + Math.cos(Math.PI * (step - warm) / (steps - warm)));
  }

  private double slice(
      Drawn[] part, int[] labelOf, int batch, List<float[]> sums, long step, int number)
      throws InterruptedException {
    Worker worker = idle.take();
    try {
      sums.forEach(sum -> Arrays.fill(sum, 0));
      int places = maps.shape().places();
      for (int i = 0; i < part.length; i++) {
        maps.read(part[i].photo(), part[i].view(), worker.pass.cut(), i * places);
      }
      worker.pass.forward(part.length, worker.bottlenecks);
      Chance chance =
          new Chance(settings.seed(), Chance.Purpose.WEIGHTS, step * 1024 + number);
      List<float[]> headSums = sums.subList(network.parameters().size(), sums.size());
      double loss = 0;
      for (int i = 0; i < part.length; i++) {
        loss +=
            photo(
                worker.bottlenecks[i],
                labelOf[part[i].photo()],
                batch,
                chance,
                worker.keep,
                headSums,
                worker.bottleneckGradients[i]);
      }
      worker.pass.backward(
          part.length, worker.bottleneckGradients, sums.subList(0, network.parameters().size()));
      return loss;
    } finally {
      idle.add(worker);
    }
  }

  private double photo(
      float[] bottleneck,
      int label,
      int batch,
      Chance chance,
      float[] keep,
      List<float[]> headSums,
      float[] bottleneckGradient) {
    float scale = (float) (1 / (1 - settings.dropout()));
    for (int j = 0; j < keep.length; j++) {
      keep[j] = chance.unitFloat() < settings.dropout() ? 0 : scale;
    }
    float[] dropped = bottleneck.clone();
    for (int j = 0; j < keep.length; j++) {
      dropped[j] *= keep[j];
    }
    float[] logits = head.logits(dropped);
    float[] gradient = new float[logits.length];
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    double loss = 0;
    int k = logits.length;
    for (int c = 0; c < k; c++) {
      double log = logits[c] - max - Math.log(sum);
      double wanted =
          settings.labelSmoothing() / k + (c == label ? 1 - settings.labelSmoothing() : 0);
      loss -= wanted * log;
      gradient[c] = (float) ((Math.exp(log) - wanted) / batch);
    }
    head.backward(gradient, dropped, headSums, bottleneckGradient);
    for (int j = 0; j < keep.length; j++) {
      bottleneckGradient[j] *= keep[j];
    }
    return loss;
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The bottlenecks of photos as they are, without dropout. */
  float[][] bottlenecks(int[] photos) {
    float[][] all = new float[photos.length][network.dimension()];
    List<Future<?>> parts = new ArrayList<>();
    for (int from = 0; from < photos.length; from += SLICE) {
      int first = from;
      int count = Math.min(SLICE, photos.length - from);
      parts.add(
          threads.submit(
              () -> {
                Worker worker = idle.take();
                for (int i = 0; i < count; i++) {
                  maps.read(photos[first + i], 0, worker.pass.cut(), i * maps.shape().places());
                }
                worker.pass.forward(count, Arrays.copyOfRange(all, first, first + count));
                idle.add(worker);
                return null;
              }));
    }
    parts.forEach(FineTuner::get);
    return all;
  }

  Head head() {
    return head;
  }

  AdamUpdate update() {
    return update;
  }

  @Override
  public void close() {
    threads.shutdown();
    products.close();
  }
}
