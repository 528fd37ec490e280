package org.pupil.finetuning;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How far a training has come, after a whole epoch.
 *
 * @param plan how much is to be done in all
 * @param epoch epochs that are done
 * @param steps steps that are done
 * @param rateFactor what the rates are multiplied with, after what diverged
 * @param best the best epoch so far; -1 before there is one
 * @param bestLoss its loss on the photos that are held back
 * @param arrays all that the next step depends on, then the parameters of the best epoch
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes that are copied where they are made
record TunerState(
    TuningPlan plan,
    int epoch,
    long steps,
    double rateFactor,
    int best,
    double bestLoss,
    List<float[]> arrays) {
  private static final long MAGIC = 0x3246544c49505550L; // "PUPILTF2"
  private static final int BEFORE_ARRAYS = 5 * Long.BYTES + 6 * Integer.BYTES;

  TunerState {
    List<float[]> copies = new ArrayList<>();
    arrays.forEach(array -> copies.add(array.clone()));
    arrays = copies;
  }

  /**
   * The state as bytes with a checksum.
   *
   * @param settingsDigest says of which training it is
   */
  byte[] toBytes(long settingsDigest) {
    int floats = arrays.stream().mapToInt(array -> array.length).sum();
    ByteBuffer bytes =
        ByteBuffer.allocate(BEFORE_ARRAYS + floats * Float.BYTES + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(MAGIC).putLong(settingsDigest).putLong(steps);
    bytes.putDouble(rateFactor).putDouble(bestLoss);
    bytes.putInt(plan.epochs()).putInt(plan.views()).putInt(plan.onAll() ? 1 : 0);
    bytes.putInt(epoch).putInt(best).putInt(floats);
    FloatBuffer numbers = bytes.asFloatBuffer();
    arrays.forEach(numbers::put);
    bytes.position(BEFORE_ARRAYS + floats * Float.BYTES);
    return bytes.putInt(checksum(bytes.array())).array();
  }

  private static int checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - Integer.BYTES);
    return (int) checksum.getValue();
  }

  /**
   * Reads a state.
   *
   * @param lengths of the arrays
   * @return empty if it is damaged, or of another training
   */
  static Optional<TunerState> fromBytes(byte[] content, long settingsDigest, int[] lengths) {
    int floats = 0;
    for (int length : lengths) {
      floats += length;
    }
    ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    boolean complete =
        content.length == BEFORE_ARRAYS + floats * Float.BYTES + Integer.BYTES
            && bytes.getInt(content.length - Integer.BYTES) == checksum(content);
    if (!complete || bytes.getLong() != MAGIC || bytes.getLong() != settingsDigest) {
      return Optional.empty();
    }
    long steps = bytes.getLong();
    double rateFactor = bytes.getDouble();
    double bestLoss = bytes.getDouble();
    TuningPlan plan = new TuningPlan(bytes.getInt(), bytes.getInt(), bytes.getInt() == 1);
    int epoch = bytes.getInt();
    int best = bytes.getInt();
    bytes.getInt();
    FloatBuffer numbers = bytes.asFloatBuffer();
    List<float[]> arrays = new ArrayList<>();
    for (int length : lengths) {
      float[] array = new float[length];
      numbers.get(array);
      arrays.add(array);
    }
    return Optional.of(new TunerState(plan, epoch, steps, rateFactor, best, bestLoss, arrays));
  }
}
