package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.render.ByteAccount.Arrival;
import dev.conntrace.trace.SegmentSeen;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ByteAccountTest {
  private static final int STREAM = 300;

  private final ByteAccount account = new ByteAccount();

  @Test
  void tellsWhatBecomesOfEachSegment() {
    assertEquals(Arrival.NOTHING, send(new Scene().fromClient("S", 0, 0, 0)));
    assertEquals(Arrival.IN_ORDER, send(new Scene().fromClient(".", 1, 10, 1)));
    assertEquals(Arrival.WAITS, send(new Scene().fromClient(".", 21, 10, 1)));
    assertEquals(Arrival.AGAIN, send(new Scene().fromClient(".", 21, 10, 1)));
    assertEquals(Arrival.AGAIN, send(new Scene().fromClient(".", 1, 5, 1)));
    assertEquals(11, account.next());
    assertEquals(Arrival.FILLS, send(new Scene().fromClient(".", 11, 10, 1)));
    assertEquals(31, account.next());
    assertEquals(Arrival.IN_ORDER, send(new Scene().fromClient("F.", 31, 0, 1)));
    assertEquals(32, account.next());
    assertEquals(31, account.dataEnd(account.next()));
  }

  @Test
  void believesAnAcknowledgementOfWhatWasNotCaptured() {
    send(new Scene().fromClient("S", 0, 0, 0));
    send(new Scene().fromClient(".", 101, 50, 1));
    account.acknowledged(new Scene().fromServer(".", 1, 0, 101).segments().get(0).segment());
    assertEquals(151, account.next());
    assertEquals(50, account.inFlight());
  }

  @Test
  void agreesWithASetOfAllBytes() {
    long seed = 20260921;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      ByteAccount tried = new ByteAccount();
      BitSet arrived = new BitSet();
      tried.sent(segment(0, 1));
      arrived.set(0);
      for (int i = 0; i < 60; i++) {
        int first = random.nextInt(STREAM);
        int length = 1 + random.nextInt(20);
        boolean reachesBack = first <= tried.next();
        long promised = tried.nextAfter(segment(first, length).segment());
        arrived.set(first, first + length);
        tried.sent(segment(first, length));
        assertEquals(reachesBack ? promised : tried.next(), tried.next(), "seed " + seed);
        assertEquals(arrived.nextClearBit(0), tried.next(), "seed " + seed);
        assertEquals(arrived.cardinality() - tried.next(), bytesIn(tried.waiting()));
        assertEquals(arrived.length(), tried.sentEnd());
      }
    }
  }

  private static long bytesIn(ByteRanges ranges) {
    long bytes = 0;
    for (int i = 0; i < ranges.count(); i++) {
      bytes += ranges.right(i) - ranges.left(i);
    }
    return bytes;
  }

  private static SegmentSeen segment(long first, int length) {
    return new Scene().fromClient(".", first, length, 1).segments().get(0);
  }

  private Arrival send(Scene scene) {
    SegmentSeen event = scene.segments().get(0);
    Arrival arrival = account.look(event);
    account.sent(event);
    return arrival;
  }
}
