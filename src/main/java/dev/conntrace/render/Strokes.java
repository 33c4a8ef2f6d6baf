package dev.conntrace.render;

/** The characters that diagrams are drawn with. */
public enum Strokes {
  /** Box-drawing characters, for terminals that read UTF-8. */
  UNICODE('│', '─', '═', '►', '◄'),
  /** For all others. */
  ASCII('|', '-', '=', '>', '<');

  /** Ends the arrow of a segment that had to be sent again. */
  static final char LOST = 'x';

  final char lifeline;
  final char shaft;
  final char runShaft;
  final char rightHead;
  final char leftHead;

  Strokes(char lifeline, char shaft, char runShaft, char rightHead, char leftHead) {
    this.lifeline = lifeline;
    this.shaft = shaft;
    this.runShaft = runShaft;
    this.rightHead = rightHead;
    this.leftHead = leftHead;
  }
}
