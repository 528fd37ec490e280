package org.pupil.finetuning;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Weights or biases that are trained. One thread changes them while no other reads them. */
final class Parameter {
  private final String name;
  private final float[] values;
  private final FloatBuffer outsideOfHeap;

  /**
   * @param name what it is, for a person: a layer's name and {@code weights} or {@code biases}
   * @param values copied
   */
  Parameter(String name, float[] values) {
    this.name = name;
    this.values = values.clone();
    this.outsideOfHeap = direct(values.length);
    publish();
  }

  /** Room outside of Java's heap. */
  static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  String name() {
    return name;
  }

  int size() {
    return values.length;
  }

  /** The numbers themselves; whoever changes them calls {@link #publish} afterwards. */
  float[] values() {
    return values;
  }

  /** The same numbers outside of Java's heap. */
  FloatBuffer outsideOfHeap() {
    return outsideOfHeap;
  }

  /** Copies the numbers to where products of matrices read them. */
  void publish() {
    outsideOfHeap.put(0, values);
  }
}
