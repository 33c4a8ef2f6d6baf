package dev.conntrace.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SendLedgerTest {
  private final Stage stage = new Stage();
  private final SpareRings spares = new SpareRings();
  private final SendLedger ledger = new SendLedger(spares);

  private void add(long seq, int length) {
    ledger.add(stage.data(seq, length), 0, false);
  }

  @Test
  void keepsWhatWasSent() {
    stage.atFrame(123_456_789).after(5);
    add(1, 10);
    assertEquals(1, ledger.size());
    assertEquals(1, ledger.start(0));
    assertEquals(11, ledger.end(0));
    assertEquals(123_456_789, ledger.frame(0));
    assertEquals(5_000_000, ledger.timeNanos(0));
    assertEquals((int) 4_000_000_000L, ledger.timestampValue(0));
    assertEquals(7, ledger.ipId(0));
    assertEquals(64, ledger.hopLimit(0));
    assertFalse(ledger.wasSentAgain(0));
  }

  @Test
  void growsWhileItsEntriesAreOfUseAndKeepsTheirNumbers() {
    for (int i = 0; i < 500; i++) {
      add(1 + 10L * i, 10);
    }
    assertEquals(0, ledger.first());
    for (int i = 0; i < 500; i++) {
      assertEquals(1 + 10L * i, ledger.start(i));
      assertEquals(i + 1, ledger.frame(i));
    }
  }

  @Test
  void sharesNoRingWithTheLedgersThatUseWhatItHasOutgrown() {
    SendLedger[] others = {new SendLedger(spares), new SendLedger(spares), new SendLedger(spares)};
    for (int i = 0; i < 20; i++) {
      add(1 + 10L * i, 10);
      for (int k = 0; k < others.length; k++) {
        if (i % (k + 1) == 0) {
          others[k].add(stage.data(1_000_000L * (k + 1) + others[k].size(), 1), 0, false);
        }
      }
    }
    for (int i = 0; i < 20; i++) {
      assertEquals(1 + 10L * i, ledger.start(i));
    }
    for (int k = 0; k < others.length; k++) {
      assertEquals(20 / (k + 1) + (20 % (k + 1) == 0 ? 0 : 1), others[k].size());
      for (int i = 0; i < others[k].size(); i++) {
        assertEquals(1_000_000L * (k + 1) + i, others[k].start(i));
      }
    }
  }

  @Test
  void remembersNoMoreThanItsBound() {
    for (int i = 0; i < 3000; i++) {
      add(1 + 10L * i, 10);
    }
    assertEquals(3000, ledger.size());
    assertEquals(3000 - SendLedger.MAX_ENTRIES, ledger.first());
    assertEquals(-1, ledger.newestWith(1));
    assertEquals(2999, ledger.newestWith(29_991));
  }

  @Test
  void doesNotGrowForWhatIsAcknowledgedAndOld() {
    for (int i = 0; i < 500; i++) {
      stage.after(1000);
      ledger.add(stage.data(1 + 10L * i, 10), 1 + 10L * i, false);
    }
    assertTrue(ledger.size() - ledger.first() <= 16, "keeps " + (ledger.size() - ledger.first()));
  }

  @Test
  void doesNotRememberWhatWasOverwrittenBeforeItGrew() {
    for (int i = 0; i < 100; i++) {
      ledger.add(stage.data(1 + 10L * i, 10), 1 + 10L * i, false);
    }
    long kept = ledger.first();
    assertTrue(kept > 50, "first " + kept);
    for (int i = 100; i < 140; i++) {
      ledger.add(stage.data(1 + 10L * i, 10), 1001, false);
    }
    assertTrue(ledger.first() >= kept, "first " + ledger.first());
    for (long i = ledger.first(); i < ledger.size(); i++) {
      assertEquals(1 + 10L * i, ledger.start(i));
    }
  }

  @Test
  void takesAnAcknowledgementBeyondAHoleWhereThereIsNoData() {
    add(1, 10);
    add(31, 0);
    assertEquals(1, ledger.oldestBeyond(21));
    add(41, 10);
    assertEquals(2, ledger.oldestBeyond(21));
  }

  @Test
  void findsEntriesByPosition() {
    add(1, 10);
    add(11, 10);
    add(1, 10);
    add(31, 10);
    assertEquals(2, ledger.newestWith(5));
    assertEquals(1, ledger.newestWith(11));
    assertEquals(-1, ledger.newestWith(25));
    assertEquals(0, ledger.oldestWith(5, 6));
    assertEquals(1, ledger.oldestWith(11, 40));
    assertEquals(3, ledger.oldestBeyond(21));
    assertEquals(-1, ledger.oldestBeyond(32));
    assertEquals(2, ledger.newestStartingAt(1));
  }

  @Test
  void acknowledgesTheEntryThatEndsThere() {
    add(1, 10);
    add(11, 10);
    add(21, 10);
    assertEquals(1, ledger.acknowledge(21));
    assertEquals(2, ledger.firstUnacked());
    assertEquals(-1, ledger.acknowledge(25));
    assertEquals(2, ledger.acknowledge(31));
  }

  @Test
  void measuresNothingThatWasSentTwice() {
    add(1, 10);
    ledger.markSentAgain(1, 11);
    ledger.add(stage.data(1, 10), 0, true);
    assertTrue(ledger.wasSentAgain(0));
    assertTrue(ledger.isUnjudgedResend(1));
    assertEquals(-1, ledger.acknowledge(11));
    ledger.markNotNeeded(1);
    assertFalse(ledger.isUnjudgedResend(1));
  }

  @Test
  void knowsTheSameHeaderAgain() {
    add(1, 10);
    assertTrue(ledger.sameHeader(0, stage.data(1, 10)));
    assertFalse(ledger.sameHeader(0, stage.data(1, 11)));
    assertFalse(ledger.sameHeader(0, stage.data(2, 10)));
  }
}
