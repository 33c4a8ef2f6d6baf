package dev.conntrace.flow;

/** What a ledger notes of an entry after it was sent: seven bits within the entry's last number. */
final class LedgerMarks {
  /** The entry's bytes were sent again later. */
  static final int SENT_AGAIN = 1;

  /** The entry itself was a retransmission. */
  static final int RESENT = 2;

  /** The receiver had a retransmission's bytes already, or had got them at least. */
  static final int NOT_NEEDED = 4;

  /** The receiver threw a first copy away, of which the other mark has no meaning. */
  static final int THROWN_AWAY = NOT_NEEDED;

  /** An ICMP error has quoted it. */
  static final int QUOTED = 8;

  /** The receiver has acknowledged or reported its bytes since it was sent. */
  static final int REPORTED = 16;

  /** That first report came late enough to be the answer to this entry. */
  static final int ANSWERED = 32;

  /** The receiver had asked for it, by duplicate or selective acknowledgements. */
  static final int ASKED_FOR = 64;

  private static final int EVERY =
      SENT_AGAIN | RESENT | NOT_NEEDED | QUOTED | REPORTED | ANSWERED | ASKED_FOR;
  private static final int SHIFT = 25;

  private LedgerMarks() {}

  /** Returns the marks that a number holds. */
  static int of(long number) {
    return (int) (number >>> SHIFT) & EVERY;
  }

  /** Returns marks in their place, to be joined to a number. */
  static long inPlace(int marks) {
    return (long) marks << SHIFT;
  }

  /** Returns a number without its marks. */
  static long without(long number) {
    return number & ~inPlace(EVERY);
  }
}
