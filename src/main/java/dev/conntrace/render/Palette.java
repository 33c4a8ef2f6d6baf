package dev.conntrace.render;

/** Colours text by its meaning. */
public interface Palette {
  /** Leaves text as it is: for pipes, files, and readers who asked for no colour. */
  Palette PLAIN = (meaning, text) -> text;

  /**
   * Returns {@code text} with whatever the terminal needs to show its meaning. What is added must
   * take no columns, and must be ended within the returned text.
   */
  String paint(Meaning meaning, String text);
}
