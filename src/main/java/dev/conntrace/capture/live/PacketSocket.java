package dev.conntrace.capture.live;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.conntrace.capture.live.LiveException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Linux packet socket with a ring that the kernel fills and the process reads without a call for
 * each packet (packet(7), TPACKET_V3).
 */
final class PacketSocket {
  /**
   * Room for the largest packet. A block goes to the reader after some milliseconds however little
   * is in it, so many small ones last longer than a few large ones when the reader is late.
   */
  static final int BLOCK_BYTES = 1 << 17;

  private static final int FRAME_BYTES = 2048;
  private static final int ALL_PROTOCOLS = 3;
  private static final int RETIRE_MILLIS = 10;
  private static final int ETHERNET = 1;
  private static final int LOOPBACK = 772;

  private final int fd;
  private final Pointer ring;
  private final int blocks;
  private final boolean cooked;
  private final Memory pollDescriptor = new Memory(8);
  private final Memory statistics = new Memory(12);
  private final Memory statisticsLength = new Memory(4);
  private boolean closed;
  private long received;
  private long dropped;

  private PacketSocket(int fd, Pointer ring, int blocks, boolean cooked) {
    this.fd = fd;
    this.ring = ring;
    this.blocks = blocks;
    this.cooked = cooked;
  }

  /**
   * Opens a socket and begins to capture.
   *
   * @throws LiveException if that is not permitted, or there is no such interface
   */
  static PacketSocket open(LiveOptions options) throws LiveException {
    boolean any = options.device().equals(LiveOptions.ANY);
    int index = any ? 0 : LinuxCalls.if_nametoindex(options.device());
    if (!any && index == 0) {
      throw LiveFailures.noDevice(options.device());
    }
    boolean cooked = any || !hasEthernetHeader(options.device());
    int type = cooked ? LinuxCalls.SOCK_DGRAM : LinuxCalls.SOCK_RAW;
    int fd;
    try {
      // Without a protocol no packet comes before the filter is there.
      fd = LinuxCalls.socket(LinuxCalls.AF_PACKET, type, 0);
    } catch (LastErrorException e) {
      throw failure(options.device(), e);
    }
    try {
      int blocks = Math.max(2, options.bufferBytes() / BLOCK_BYTES);
      setInt(fd, LinuxCalls.PACKET_VERSION, LinuxCalls.TPACKET_V3);
      requestRing(fd, blocks);
      attach(fd, options);
      Pointer ring =
          LinuxCalls.mmap(
              Pointer.NULL,
              (long) blocks * BLOCK_BYTES,
              LinuxCalls.PROT_READ_WRITE,
              LinuxCalls.MAP_SHARED,
              fd,
              0);
      bind(fd, index);
      if (isDown(fd)) {
        throw LiveFailures.down(options.device());
      }
      return new PacketSocket(fd, ring, blocks, cooked);
    } catch (LastErrorException e) {
      LinuxCalls.close(fd);
      throw failure(options.device(), e);
    } catch (LiveException e) {
      LinuxCalls.close(fd);
      throw e;
    }
  }

  private static LiveException failure(String device, LastErrorException fault) {
    return switch (fault.getErrorCode()) {
      case LinuxCalls.EPERM, LinuxCalls.EACCES -> LiveFailures.forbidden(device);
      case LinuxCalls.ENODEV -> LiveFailures.noDevice(device);
      case LinuxCalls.ENETDOWN -> LiveFailures.down(device);
      default ->
          new LiveException(
              Reason.IMPOSSIBLE, "cannot capture on " + device + ": " + fault.getMessage());
    };
  }

  /** The kernel lets a socket be bound to an interface that is down, and tells it afterwards. */
  private static boolean isDown(int fd) {
    Memory error = new Memory(4);
    Memory length = new Memory(4);
    length.setInt(0, (int) error.size());
    LinuxCalls.getsockopt(fd, LinuxCalls.SOL_SOCKET, LinuxCalls.SO_ERROR, error, length);
    return error.getInt(0) == LinuxCalls.ENETDOWN;
  }

  private static boolean hasEthernetHeader(String device) {
    try {
      String type = Files.readString(Path.of("/sys/class/net", device, "type")).trim();
      return type.equals(String.valueOf(ETHERNET)) || type.equals(String.valueOf(LOOPBACK));
    } catch (IOException e) {
      return false;
    }
  }

  private static void setInt(int fd, int option, int value) {
    Memory memory = new Memory(4);
    memory.setInt(0, value);
    LinuxCalls.setsockopt(fd, LinuxCalls.SOL_PACKET, option, memory, 4);
  }

  /** Fills a struct tpacket_req3. */
  private static void requestRing(int fd, int blocks) {
    int[] request = {
      BLOCK_BYTES, blocks, FRAME_BYTES, BLOCK_BYTES / FRAME_BYTES * blocks, RETIRE_MILLIS, 0, 0
    };
    Memory memory = new Memory(4L * request.length);
    memory.write(0, request, 0, request.length);
    LinuxCalls.setsockopt(
        fd, LinuxCalls.SOL_PACKET, LinuxCalls.PACKET_RX_RING, memory, 4 * request.length);
  }

  /** Fills a struct sock_fprog and the struct sock_filter of each instruction. */
  private static void attach(int fd, LiveOptions options) throws LiveException {
    long[] program = KernelFilter.of(options.wanted(), options.snapBytes());
    if (program == null) {
      throw new LiveException(
          Reason.BAD_FILTER,
          "too many ports and addresses for the kernel's filter ("
              + options.wanted().ports().size()
              + " and "
              + options.wanted().hosts().size()
              + "): name fewer, or none and select afterwards with --where");
    }
    Memory instructions = new Memory(8L * program.length);
    for (int i = 0; i < program.length; i++) {
      instructions.setShort(8L * i, (short) (program[i] >>> 48));
      instructions.setByte(8L * i + 2, (byte) (program[i] >>> 40));
      instructions.setByte(8L * i + 3, (byte) (program[i] >>> 32));
      instructions.setInt(8L * i + 4, (int) program[i]);
    }
    Memory head = new Memory(Native.POINTER_SIZE * 2L);
    head.clear();
    head.setShort(0, (short) program.length);
    head.setPointer(Native.POINTER_SIZE, instructions);
    LinuxCalls.setsockopt(
        fd, LinuxCalls.SOL_SOCKET, LinuxCalls.SO_ATTACH_FILTER, head, (int) head.size());
  }

  /** Fills a struct sockaddr_ll. */
  private static void bind(int fd, int index) {
    Memory address = new Memory(20);
    address.clear();
    address.setShort(0, (short) LinuxCalls.AF_PACKET);
    address.setByte(3, (byte) ALL_PROTOCOLS);
    address.setInt(4, index);
    LinuxCalls.bind(fd, address, (int) address.size());
  }

  /** Returns whether packets come without link header, so that one is made for them. */
  boolean isCooked() {
    return cooked;
  }

  int blocks() {
    return blocks;
  }

  /** Returns the ring's memory, shared with the kernel. */
  ByteBuffer memory() {
    return ring.getByteBuffer(0, (long) blocks * BLOCK_BYTES).order(ByteOrder.nativeOrder());
  }

  /** Waits until there is something in the ring, or for so long; returns false if none can come. */
  boolean await(int millis) {
    pollDescriptor.setInt(0, fd);
    pollDescriptor.setShort(4, LinuxCalls.POLLIN);
    pollDescriptor.setShort(6, (short) 0);
    LinuxCalls.poll(pollDescriptor, 1, millis);
    return (pollDescriptor.getShort(6) & LinuxCalls.POLLERR) == 0;
  }

  /** Reads the kernel's counters, which begin anew each time. */
  void count() {
    statisticsLength.setInt(0, (int) statistics.size());
    try {
      LinuxCalls.getsockopt(
          fd, LinuxCalls.SOL_PACKET, LinuxCalls.PACKET_STATISTICS, statistics, statisticsLength);
    } catch (LastErrorException e) {
      return;
    }
    received += Integer.toUnsignedLong(statistics.getInt(0));
    dropped += Integer.toUnsignedLong(statistics.getInt(4));
  }

  /** Returns how many packets passed the filter up to the last {@link #count}, dropped or not. */
  long received() {
    return received;
  }

  /** Returns how many of them found no room in the ring. */
  long dropped() {
    return dropped;
  }

  /** Does nothing the second time: by then the descriptor's number may belong to another file. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    LinuxCalls.munmap(ring, (long) blocks * BLOCK_BYTES);
    LinuxCalls.close(fd);
  }
}
