package org.pupil.dataset;

import java.io.IOException;
import java.util.Objects;

/** A photo that is no file whose state is known. Equal only to itself. */
final class OtherSource implements PhotoSource {
  private final String name;
  private final Content content;

  OtherSource(String name, Content content) {
    this.name = Objects.requireNonNull(name, "name");
    this.content = Objects.requireNonNull(content, "content");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte[] read() throws IOException {
    return Objects.requireNonNull(content.read(), () -> "the content of " + name);
  }

  @Override
  public String toString() {
    return name;
  }
}
