package org.pupil.errors;

/** What to say of a file that is larger than the memory that the virtual machine may use. */
public final class JavaMemory {
  /** Stands behind the name of what is too large. */
  public static final String TOO_SMALL =
      " does not fit into the memory of Java: give it more with -Xmx4g (for the program pupil:"
          + " PUPIL_JAVA_OPTS=-Xmx4g)";

  private JavaMemory() {}
}
