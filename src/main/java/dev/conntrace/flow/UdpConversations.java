package dev.conntrace.flow;

import dev.conntrace.decode.Segment;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.TransportAddress;
import dev.conntrace.trace.UdpConversation;
import dev.conntrace.trace.UdpReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts UDP datagrams by who talks to whom. Bounded: conversations that begin when the table is
 * full are not counted. Costs nothing until there is a datagram.
 */
public final class UdpConversations {
  /** How many conversations are counted. */
  public static final int MOST_COUNTED = 65_536;

  private static final int INITIAL_BUCKETS = 1 << 8;
  private static final Comparator<UdpConversation> BUSIEST_FIRST = new BusiestFirst();

  private @Nullable Conversation[] buckets = {};
  private int size;
  private boolean full;

  /** Prepares to count one capture's datagrams. */
  public UdpConversations() {}

  /** What is counted of one conversation. */
  private static final class Conversation {
    private final int hash;
    private final boolean ipv6;
    private final long firstHigh;
    private final long firstLow;
    private final long secondHigh;
    private final long secondLow;
    private final int firstPort;
    private final int secondPort;
    private long datagramsFromFirst;
    private long bytesFromFirst;
    private long datagramsFromSecond;
    private long bytesFromSecond;
    private long startNanos;
    private long endNanos;
    private @Nullable Conversation nextInBucket;

    Conversation(Segment datagram) {
      hash = datagram.flowHash();
      ipv6 = datagram.isIpv6();
      firstHigh = datagram.srcHigh();
      firstLow = datagram.srcLow();
      firstPort = datagram.srcPort();
      secondHigh = datagram.dstHigh();
      secondLow = datagram.dstLow();
      secondPort = datagram.dstPort();
      startNanos = datagram.timestampNanos();
      endNanos = startNanos;
    }

    boolean goesToSecond(Segment datagram) {
      return datagram.srcPort() == firstPort
          && datagram.dstPort() == secondPort
          && datagram.srcLow() == firstLow
          && datagram.dstLow() == secondLow
          && datagram.srcHigh() == firstHigh
          && datagram.dstHigh() == secondHigh;
    }

    boolean goesToFirst(Segment datagram) {
      return datagram.srcPort() == secondPort
          && datagram.dstPort() == firstPort
          && datagram.srcLow() == secondLow
          && datagram.dstLow() == firstLow
          && datagram.srcHigh() == secondHigh
          && datagram.dstHigh() == firstHigh;
    }

    boolean carries(Segment datagram) {
      return datagram.flowHash() == hash
          && datagram.isIpv6() == ipv6
          && (goesToSecond(datagram) || goesToFirst(datagram));
    }

    void count(Segment datagram) {
      if (goesToSecond(datagram)) {
        datagramsFromFirst++;
        bytesFromFirst += datagram.payloadLength();
      } else {
        datagramsFromSecond++;
        bytesFromSecond += datagram.payloadLength();
      }
      long time = datagram.timestampNanos();
      if (time != SegmentFacts.NO_TIMESTAMP) {
        boolean first = startNanos == SegmentFacts.NO_TIMESTAMP;
        startNanos = first ? time : Math.min(startNanos, time);
        endNanos = first ? time : Math.max(endNanos, time);
      }
    }

    UdpConversation report() {
      return new UdpConversation(
          new TransportAddress(firstHigh, firstLow, ipv6, firstPort),
          new TransportAddress(secondHigh, secondLow, ipv6, secondPort),
          datagramsFromFirst,
          bytesFromFirst,
          datagramsFromSecond,
          bytesFromSecond,
          startNanos,
          endNanos);
    }
  }

  /** Counts one datagram, which is read from {@code datagram}'s ends, length and time. */
  public void count(Segment datagram) {
    Conversation conversation = find(datagram);
    if (conversation == null) {
      if (size >= MOST_COUNTED) {
        full = true;
        return;
      }
      conversation = add(new Conversation(datagram));
    }
    conversation.count(datagram);
  }

  private @Nullable Conversation find(Segment datagram) {
    if (buckets.length == 0) {
      return null;
    }
    Conversation conversation = buckets[datagram.flowHash() & (buckets.length - 1)];
    while (conversation != null && !conversation.carries(datagram)) {
      conversation = conversation.nextInBucket;
    }
    return conversation;
  }

  private Conversation add(Conversation conversation) {
    if (size >= buckets.length) {
      grow();
    }
    put(conversation);
    size++;
    return conversation;
  }

  private void put(Conversation conversation) {
    int bucket = conversation.hash & (buckets.length - 1);
    conversation.nextInBucket = buckets[bucket];
    buckets[bucket] = conversation;
  }

  private void grow() {
    @Nullable Conversation[] narrow = buckets;
    buckets = new @Nullable Conversation[Math.max(INITIAL_BUCKETS, 2 * narrow.length)];
    for (Conversation head : narrow) {
      Conversation conversation = head;
      while (conversation != null) {
        Conversation next = conversation.nextInBucket;
        put(conversation);
        conversation = next;
      }
    }
  }

  /** Returns whether there were more conversations than are counted. */
  public boolean isFull() {
    return full;
  }

  /** Returns the conversations, the busiest first. */
  public UdpReport report() {
    if (size == 0) {
      return UdpReport.NONE;
    }
    List<UdpConversation> list = new ArrayList<>(size);
    for (Conversation head : buckets) {
      for (Conversation at = head; at != null; at = at.nextInBucket) {
        list.add(at.report());
      }
    }
    list.sort(BUSIEST_FIRST);
    int named = Math.min(list.size(), UdpReport.MOST_NAMED);
    return new UdpReport(size, !full, List.copyOf(list.subList(0, named)));
  }

  /** A class and no lambda: the first lambda of a process costs more than a small capture. */
  private static final class BusiestFirst implements Comparator<UdpConversation> {
    @Override
    public int compare(UdpConversation a, UdpConversation b) {
      int order = Long.compare(b.bytes(), a.bytes());
      order = order != 0 ? order : Long.compare(b.datagrams(), a.datagrams());
      order = order != 0 ? order : Long.compare(a.startNanos(), b.startNanos());
      order = order != 0 ? order : a.first().compareTo(b.first());
      return order != 0 ? order : a.second().compareTo(b.second());
    }
  }
}
