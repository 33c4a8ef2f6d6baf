package dev.conntrace.capture.live;

import dev.conntrace.capture.Packet;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Walks the blocks of a packet socket's ring (Linux's networking/packet_mmap documentation). A
 * block belongs to the kernel until it says otherwise in the block's status, and again when all its
 * packets have been read.
 *
 * <pre>
 *  struct tpacket3_hdr: 48 bytes, then a struct sockaddr_ll of 20
 *   0 next offset    4 seconds       8 nanoseconds  12 captured length
 *  16 length        20 status       24 mac offset   26 net offset
 *  28 hash          32 VLAN tag     36 VLAN type
 *  50 protocol      52 interface    56 hardware     58 packet type    59 address length    60 address
 * </pre>
 */
final class PacketRing {
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private static final int STATUS = 8;
  private static final int PACKETS = 12;
  private static final int FIRST_PACKET = 16;
  private static final int OF_KERNEL = 0;
  private static final int OF_USER = 1;

  private static final int HAS_VLAN_TAG = 1 << 4;
  private static final int HAS_VLAN_TYPE = 1 << 6;
  private static final int VLAN = 0x8100;
  private static final int ADDRESSES_BYTES = 12;
  private static final int TAG_BYTES = 4;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final ByteBuffer memory;
  private final int blocks;
  private final boolean cooked;
  private byte[] bytes = new byte[LiveOptions.WHOLE_PACKETS + CookedHeader.BYTES];
  private int block;
  private long blocksBegun;
  private int left;
  private int at;

  PacketRing(ByteBuffer memory, int blocks, boolean cooked) {
    this.memory = memory;
    this.blocks = blocks;
    this.cooked = cooked;
  }

  /** Returns whether a packet is there; if not, a block has been read or none has come. */
  boolean hasNext() {
    if (left > 0) {
      return true;
    }
    int start = block * PacketSocket.BLOCK_BYTES;
    if (((int) INT.getAcquire(memory, start + STATUS) & OF_USER) == 0) {
      return false;
    }
    blocksBegun++;
    left = memory.getInt(start + PACKETS);
    at = start + memory.getInt(start + FIRST_PACKET);
    if (left == 0) {
      giveBack();
    }
    return left > 0;
  }

  /** Returns how many blocks have been begun so far. */
  long blocks() {
    return blocksBegun;
  }

  /** Copies the next packet out of the ring. */
  void next(Packet packet, long frame, int linkType) {
    int captured = memory.getInt(at + 12);
    long length = Integer.toUnsignedLong(memory.getInt(at + 16));
    long time =
        Integer.toUnsignedLong(memory.getInt(at + 4)) * NANOS_PER_SECOND + memory.getInt(at + 8);
    int offset = at + Short.toUnsignedInt(memory.getShort(at + (cooked ? 26 : 24)));
    int added = cooked ? CookedHeader.write(memory, at, bytes) : copyTagged(offset, captured);
    makeRoom(added + captured);
    if (cooked || added == 0) {
      memory.get(offset, bytes, added, captured);
    }
    packet.set(bytes, 0, added + captured, added + length);
    packet.describe(frame, time, linkType, cooked ? memory.getInt(at + 52) : 0);
    advance();
  }

  /** The kernel keeps a VLAN tag beside the packet: it is put back. Returns how long it is. */
  private int copyTagged(int offset, int captured) {
    int status = memory.getInt(at + 20);
    if ((status & HAS_VLAN_TAG) == 0 || captured < ADDRESSES_BYTES) {
      return 0;
    }
    makeRoom(captured + TAG_BYTES);
    int type = (status & HAS_VLAN_TYPE) == 0 ? VLAN : memory.getShort(at + 36);
    int tag = memory.getInt(at + 32);
    memory.get(offset, bytes, 0, ADDRESSES_BYTES);
    bytes[ADDRESSES_BYTES] = (byte) (type >>> 8);
    bytes[ADDRESSES_BYTES + 1] = (byte) type;
    bytes[ADDRESSES_BYTES + 2] = (byte) (tag >>> 8);
    bytes[ADDRESSES_BYTES + 3] = (byte) tag;
    int rest = captured - ADDRESSES_BYTES;
    memory.get(offset + ADDRESSES_BYTES, bytes, ADDRESSES_BYTES + TAG_BYTES, rest);
    return TAG_BYTES;
  }

  private void makeRoom(int length) {
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, length);
    }
  }

  private void advance() {
    at += memory.getInt(at);
    left--;
    if (left == 0) {
      giveBack();
    }
  }

  private void giveBack() {
    INT.setRelease(memory, block * PacketSocket.BLOCK_BYTES + STATUS, OF_KERNEL);
    block = (block + 1) % blocks;
  }
}
