package dev.conntrace.trace;

/**
 * What the capture says of a frame beside its bytes. The texts come from the file as they are.
 *
 * @param comment comments on the frame, one a line; empty if there are none
 * @param interfaceName where it was captured; empty if the capture does not say
 * @param interfaceDescription more about the interface; empty if the capture has nothing
 * @param oneOfSeveral whether the capture had described more than one interface by then
 */
public record FrameNotes(
    String comment, String interfaceName, String interfaceDescription, boolean oneOfSeveral) {
  /** Says nothing. */
  public static final FrameNotes NONE = new FrameNotes("", "", "", false);
}
