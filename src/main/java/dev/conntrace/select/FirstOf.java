package dev.conntrace.select;

import dev.conntrace.trace.ConnectionReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the connections that come first in an order, and of the others nothing. */
public final class FirstOf {
  private final Comparator<ConnectionReport> order;
  private final int most;
  private final PriorityQueue<ConnectionReport> lastOnTop;

  /**
   * Prepares an empty list.
   *
   * @param most how many connections to keep
   */
  public FirstOf(Comparator<ConnectionReport> order, int most) {
    this.order = order;
    this.most = most;
    this.lastOnTop = new PriorityQueue<>(order.reversed());
  }

  /** Takes one more connection into account. */
  public void add(ConnectionReport report) {
    lastOnTop.add(report);
    if (lastOnTop.size() > most) {
      lastOnTop.remove();
    }
  }

  /** Returns the connections kept, in order. */
  public List<ConnectionReport> inOrder() {
    List<ConnectionReport> reports = new ArrayList<>(lastOnTop);
    reports.sort(order);
    return reports;
  }
}
