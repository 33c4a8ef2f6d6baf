package dev.conntrace.decode;

import dev.conntrace.capture.Packet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts IP fragments together (RFC 791 3.2, RFC 8200 4.5), in whatever order and tunnels they come.
 * One for a whole capture, used by one thread at a time; costs nothing until there is a fragment.
 *
 * <p>Where fragments overlap, IPv4 keeps what came first, and IPv6 drops the datagram (RFC 5722).
 * Exact copies are no overlap. Bounded: the datagrams that began first are given up first.
 */
public final class Reassembly {
  /** How many datagrams may be incomplete at once. */
  static final int MAX_DATAGRAMS = 4096;

  /** How many bytes they may hold together. */
  static final int MAX_BYTES = 32 << 20;

  /** Linux's wait for the rest of an IPv4 datagram; RFC 791 3.2 begins with 15 s. */
  private static final long IPV4_TIMEOUT_NANOS = 30_000_000_000L;

  /** RFC 8200 4.5. */
  private static final long IPV6_TIMEOUT_NANOS = 60_000_000_000L;

  private @Nullable LinkedHashMap<DatagramId, FragmentedDatagram> waiting;
  private long keptBytes;
  private long timedOut;
  private long overlapping;
  private long givenUp;

  /** Prepares to put the fragments of one capture together. */
  public Reassembly() {}

  /**
   * Takes the fragment that lies ahead of {@code walk}.
   *
   * @param protocol what follows the IP header, as this fragment says
   * @return null if it completes its datagram, in which {@code walk} then stands behind the IP
   *     header, with {@link Walk#protocol} for what follows; otherwise how the walk ends
   */
  @Nullable Next take(
      Walk walk, Segment segment, int offset, boolean more, int identification, int protocol) {
    long size = walk.end - walk.at;
    if (more && size % FragmentedDatagram.BLOCK != 0) {
      // Linux keeps the whole blocks of IPv4; for IPv6 this is an error (RFC 8200 4.5).
      size = segment.ipv6 ? 0 : size - size % FragmentedDatagram.BLOCK;
    }
    if (offset + size > FragmentedDatagram.MAX_LENGTH) {
      return Next.MALFORMED;
    }
    if (size <= 0) {
      return Next.FRAGMENT;
    }
    DatagramId id = new DatagramId(segment, identification, protocol);
    FragmentedDatagram datagram = find(id, segment);
    int keptBefore = datagram.keptBytes();
    boolean overlappedBefore = datagram.isOverlapping();
    if (!datagram.isDropped()) {
      datagram.add(walk, segment, offset, (int) size, more, protocol);
    }
    keptBytes += datagram.keptBytes() - keptBefore;
    overlapping += datagram.isOverlapping() && !overlappedBefore ? 1 : 0;
    if (!datagram.isComplete()) {
      makeRoom(0);
      return Next.FRAGMENT;
    }
    remove(id, datagram);
    datagram.continueIn(walk, segment);
    return null;
  }

  private FragmentedDatagram find(DatagramId id, Segment segment) {
    LinkedHashMap<DatagramId, FragmentedDatagram> table = waiting;
    if (table == null) {
      table = new LinkedHashMap<>();
      waiting = table;
    }
    FragmentedDatagram datagram = table.get(id);
    if (datagram != null && isOver(datagram, segment.timestampNanos)) {
      timeOut(id, datagram);
      datagram = null;
    }
    if (datagram == null) {
      expire(segment.timestampNanos);
      makeRoom(1);
      datagram = new FragmentedDatagram(segment.timestampNanos, segment.ipv6);
      table.put(id, datagram);
    }
    return datagram;
  }

  private static boolean isOver(FragmentedDatagram datagram, long now) {
    return now != Packet.NO_TIMESTAMP
        && datagram.firstNanos != Packet.NO_TIMESTAMP
        && now - datagram.firstNanos > (datagram.ipv6 ? IPV6_TIMEOUT_NANOS : IPV4_TIMEOUT_NANOS);
  }

  /** Gives up what has waited too long at {@code now}, the time of a packet. */
  public void expire(long now) {
    Map.Entry<DatagramId, FragmentedDatagram> oldest = oldest();
    while (oldest != null && isOver(oldest.getValue(), now)) {
      timeOut(oldest.getKey(), oldest.getValue());
      oldest = oldest();
    }
  }

  private void timeOut(DatagramId id, FragmentedDatagram datagram) {
    timedOut += datagram.isDropped() ? 0 : 1;
    remove(id, datagram);
  }

  private void makeRoom(int more) {
    LinkedHashMap<DatagramId, FragmentedDatagram> table = waiting;
    while (table != null && (table.size() + more > MAX_DATAGRAMS || keptBytes > MAX_BYTES)) {
      Map.Entry<DatagramId, FragmentedDatagram> oldest = oldest();
      if (oldest == null) {
        return;
      }
      remove(oldest.getKey(), oldest.getValue());
      givenUp++;
    }
  }

  private Map.@Nullable Entry<DatagramId, FragmentedDatagram> oldest() {
    LinkedHashMap<DatagramId, FragmentedDatagram> table = waiting;
    if (table == null) {
      return null;
    }
    Iterator<Map.Entry<DatagramId, FragmentedDatagram>> entries = table.entrySet().iterator();
    return entries.hasNext() ? entries.next() : null;
  }

  private void remove(DatagramId id, FragmentedDatagram datagram) {
    if (waiting != null && waiting.remove(id) != null) {
      keptBytes -= datagram.keptBytes();
    }
  }

  /** Returns how many datagrams were not complete within their time. */
  public long timedOutDatagrams() {
    return timedOut;
  }

  /** Returns how many datagrams had fragments that overlap or contradict each other. */
  public long overlappingDatagrams() {
    return overlapping;
  }

  /** Returns how many datagrams were given up to make room for others. */
  public long givenUpDatagrams() {
    return givenUp;
  }

  /** Returns how many datagrams still lack something. */
  public long incompleteDatagrams() {
    long incomplete = 0;
    if (waiting != null) {
      for (FragmentedDatagram datagram : waiting.values()) {
        incomplete += datagram.isDropped() ? 0 : 1;
      }
    }
    return incomplete;
  }
}
