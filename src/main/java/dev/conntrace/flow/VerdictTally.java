package dev.conntrace.flow;

/**
 * Counts verdicts, and carries those on earlier segments to where these wait: once each, whether
 * somebody prints the segments or not.
 */
final class VerdictTally {
  private final HoldBack holdBack;

  VerdictTally(HoldBack holdBack) {
    this.holdBack = holdBack;
  }

  /**
   * Takes the verdicts in that one segment brought.
   *
   * @param frame that segment's
   * @param wanted whether the sink wants the connection's segments
   * @param latestNanos the latest time of any packet so far
   */
  void take(
      Findings findings, Connection connection, long frame, boolean wanted, long latestNanos) {
    for (int i = 0; i < findings.count(); i++) {
      Finding finding = findings.get(i);
      if (finding.isWithdrawal()) {
        withdraw(connection, finding, wanted, latestNanos);
        continue;
      }
      if (finding.isOnlyStrengthening()) {
        strengthen(finding, wanted);
        continue;
      }
      boolean late = wanted && finding.target() != frame;
      boolean shown = !late || holdBack.annotate(finding.target(), finding.toAnnotation());
      if (shown && findings.isFirstOfItsKind(i)) {
        connection.count(finding.kind());
      }
    }
  }

  /** Better evidence for a verdict that has been counted already. */
  private void strengthen(Finding finding, boolean wanted) {
    if (wanted) {
      holdBack.strengthen(finding.target(), finding.toAnnotation());
    }
  }

  /** Takes a verdict back that is not final yet, whoever listens. */
  private void withdraw(Connection connection, Finding finding, boolean wanted, long latestNanos) {
    boolean open = latestNanos - finding.withdrawnNanos() < HoldBack.MIN_WAIT_NANOS;
    if (open && (!wanted || holdBack.withdraw(finding.target(), finding.kind()))) {
      connection.uncount(finding.kind());
    }
  }
}
