package org.pupil.images;

import org.bytedeco.leptonica.global.leptonica;

/** Loads Leptonica's native library once, with its chatter off. */
final class LeptonicaLibrary {
  static {
    leptonica.setMsgSeverity(leptonica.L_SEVERITY_NONE);
  }

  private LeptonicaLibrary() {}

  static void load() {
    // that this class is initialised is all
  }
}
