package dev.conntrace.capture.live;

import java.nio.ByteBuffer;

/**
 * The header that stands in for a link layer's own where packets of several interfaces are captured
 * together (LINKTYPE_LINUX_SLL2).
 *
 * <pre>
 *  0                   1                   2                   3
 * +-------------------------------+-------------------------------+
 * |           protocol            |           reserved            |
 * +-------------------------------+-------------------------------+
 * |                        interface index                        |
 * +-------------------------------+---------------+---------------+
 * |         hardware type         |  packet type  | addr. length  |
 * +-------------------------------+---------------+---------------+
 * |                    link-layer address (8 bytes)               |
 * |                                                               |
 * +---------------------------------------------------------------+
 * </pre>
 */
final class CookedHeader {
  /** Its number in capture files. */
  static final int LINK_TYPE = 276;

  static final int BYTES = 20;

  private static final int SOCKET_ADDRESS = 48;

  private CookedHeader() {}

  /**
   * Makes the header from the socket address behind a packet's header in the ring.
   *
   * @param at where the packet's header is
   * @return its length
   */
  static int write(ByteBuffer ring, int at, byte[] bytes) {
    int address = at + SOCKET_ADDRESS;
    bytes[0] = ring.get(address + 2);
    bytes[1] = ring.get(address + 3);
    bytes[2] = 0;
    bytes[3] = 0;
    int index = ring.getInt(address + 4);
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[4 + i] = (byte) (index >>> (24 - 8 * i));
    }
    int hardware = ring.getShort(address + 8);
    bytes[8] = (byte) (hardware >>> 8);
    bytes[9] = (byte) hardware;
    ring.get(address + 10, bytes, 10, 10);
    return BYTES;
  }
}
