package org.pupil.app;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many points of a series a plugin shows at most: {@code PLUGIN=N}.
 *
 * @param most may be negative, as it was typed
 */
record PluginSamples(String plugin, int most) {
  /** Reads one from the command line. */
  static final class Converter implements ITypeConverter<PluginSamples> {
    @Override
    public PluginSamples convert(String typed) {
      int equals = typed.indexOf('=');
      if (equals < 1) {
        throw new TypeConversionException("no plugin, or no number");
      }
      try {
        return new PluginSamples(
            typed.substring(0, equals), Integer.parseInt(typed.substring(equals + 1)));
      } catch (NumberFormatException e) {
        throw new TypeConversionException("no number");
      }
    }
  }
}
