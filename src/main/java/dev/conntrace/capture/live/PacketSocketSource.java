package dev.conntrace.capture.live;

import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.GrowthListener;
import dev.conntrace.capture.Packet;

/** Captures through a Linux packet socket. */
final class PacketSocketSource implements LiveSource {
  private static final int ETHERNET = 1;
  private static final int WAIT_MILLIS = 10;
  private static final int WAITS_BETWEEN_COUNTS = 8;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final String device;
  private final PacketSocket socket;
  private final PacketRing ring;
  private final Growth growth = new Growth();
  private volatile long stoppedNanos;
  private volatile boolean stopped;
  private long frames;
  private long bytes;
  private final DropInterval drops = new DropInterval();
  private long blocksSeen;
  private int waits;

  /**
   * Opens the interface and begins to capture.
   *
   * @throws LiveException if that is not permitted or not possible
   */
  PacketSocketSource(LiveOptions options) throws LiveException {
    device = options.device();
    socket = PacketSocket.open(options);
    ring = new PacketRing(socket.memory(), socket.blocks(), socket.isCooked());
  }

  @Override
  public boolean next(Packet packet) throws CaptureException {
    while (!ring.hasNext()) {
      // What came before the stop is in the ring after one more wait: blocks are handed over late.
      boolean last = stopped;
      if (!socket.await(last ? 2 * WAIT_MILLIS : WAIT_MILLIS) && !last) {
        throw new CaptureException(
            device, "the interface went down or away; the capture ends here");
      }
      if (last && !ring.hasNext()) {
        return end();
      }
      if ((++waits & WAITS_BETWEEN_COUNTS - 1) == 0) {
        count();
      }
      growth.silence();
    }
    if (ring.blocks() != blocksSeen) {
      blocksSeen = ring.blocks();
      count();
    }
    ring.next(packet, ++frames, linkType());
    drops.packet(packet.timestampNanos());
    if (stopped && packet.timestampNanos() > stoppedNanos) {
      // What comes after the stop could go on for ever.
      return end();
    }
    bytes += packet.capturedLength();
    growth.packet();
    return true;
  }

  /** Reads the counters with each block: drops happen where no block is free. */
  private void count() {
    socket.count();
    drops.read(socket.dropped());
  }

  private boolean end() {
    count();
    drops.end();
    return false;
  }

  @Override
  public void tellGrowth(GrowthListener listener) {
    growth.setListener(listener);
  }

  @Override
  public void stop() {
    if (!stopped) {
      stoppedNanos = System.currentTimeMillis() * NANOS_PER_MILLI;
      stopped = true;
    }
  }

  @Override
  public int linkType() {
    return socket.isCooked() ? CookedHeader.LINK_TYPE : ETHERNET;
  }

  @Override
  public String format() {
    return "live on " + device + " through a packet socket, nanoseconds";
  }

  @Override
  public long bytesRead() {
    return bytes;
  }

  @Override
  public long droppedPackets() {
    return drops.told();
  }

  @Override
  public boolean mayLackPackets() {
    return drops.isWithin();
  }

  @Override
  public long receivedPackets() {
    return socket.received();
  }

  @Override
  public void close() {
    socket.close();
  }
}
