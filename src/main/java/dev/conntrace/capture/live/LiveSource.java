package dev.conntrace.capture.live;

import dev.conntrace.capture.PacketSource;

/**
 * The packets of an interface while they come. It ends only when it is {@linkplain #stop stopped};
 * until then {@link #next} waits, and tells the {@linkplain #tellGrowth listener} of the silence.
 */
public interface LiveSource extends PacketSource {
  /**
   * Ends the capture: what has come so far is still returned, then no more. May be called by any
   * thread, any number of times.
   */
  void stop();

  /** Returns the link type of the packets, by its number in capture files. */
  int linkType();

  /**
   * Returns how many packets the kernel has taken for this capture so far, dropped ones included.
   */
  long receivedPackets();
}
