package org.pupil.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Pupil's version, which the build writes into a resource. */
public final class PupilVersion {
  private static final String RESOURCE = "version.properties";

  private PupilVersion() {}

  /** Such as {@code 0.1.0}. */
  public static String number() {
    try (InputStream in = PupilVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing in the jar");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
