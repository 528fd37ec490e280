package org.pupil.images;

/** Placeholder until merge. */
public record Distortions(
    boolean flipLeftRight, int randomCrop, int randomScale, int randomBrightness) {
  public boolean isNone() {
    return !flipLeftRight && randomCrop == 0 && randomScale == 0 && randomBrightness == 0;
  }
}
