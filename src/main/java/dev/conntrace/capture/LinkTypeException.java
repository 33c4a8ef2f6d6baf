package dev.conntrace.capture;

import java.io.IOException;

/** A packet has another link type than the file that it is to be written to can hold. */
public final class LinkTypeException extends IOException {
  private static final long serialVersionUID = 1L;

  /** States the link type of the file and that of the packet. */
  public LinkTypeException(int inFile, int ofPacket) {
    super(
        "packets of link types " + inFile + " and " + ofPacket + " do not fit into one pcap file");
  }
}
