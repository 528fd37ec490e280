package org.pupil.app;

import org.pupil.errors.Setting;

/** What the command line calls the settings of the library: here their names become flags. */
final class SettingFlags {
  private SettingFlags() {}

  /** {@code --learning_rate} for {@code learningRate}. */
  static String of(Setting setting) {
    return "--" + setting.withUnderscores();
  }
}
