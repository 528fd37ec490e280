package org.pupil.app;

import org.pupil.run.PupilVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"pupil " + PupilVersion.number()};
  }
}
