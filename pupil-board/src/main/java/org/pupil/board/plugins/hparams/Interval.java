package org.pupil.board.plugins.hparams;

/** A range of numbers, with both ends. */
public record Interval(double minValue, double maxValue) {
  boolean contains(double value) {
    return minValue <= value && value <= maxValue;
  }
}
