package org.pupil.app;

import org.pupil.images.PerChannel;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 127.5} or {@code 123.675,116.28,103.53} from the command line. */
final class PerChannelConverter implements ITypeConverter<PerChannel> {
  @Override
  public PerChannel convert(String typed) {
    try {
      return PerChannel.parse(typed);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("not a number, nor three");
    }
  }
}
