package dev.conntrace.render;

/**
 * How text is laid out.
 *
 * @param width columns of the terminal; less than {@link #MIN_WIDTH} is taken as that
 * @param palette how meanings are coloured
 * @param time what the time column counts
 * @param unfold whether runs of plain data and acknowledgements are shown segment by segment
 */
public record Layout(int width, Palette palette, TimeMode time, boolean unfold) {
  /** The least width for which lines are laid out; a narrower terminal wraps them itself. */
  public static final int MIN_WIDTH = 40;

  public Layout {
    width = Math.max(width, MIN_WIDTH);
  }
}
