package org.pupil.dataset;

import java.io.IOException;

/** A photo that is no file whose state is known. Equal only to itself. */
final class OtherSource implements PhotoSource {
  private final String name;
  private final Content content;

  OtherSource(String name, Content content) {
    this.name = name;
    this.content = content;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte[] read() throws IOException {
    return content.read();
  }

  @Override
  public String toString() {
    return name;
  }
}
