package dev.conntrace;

import dev.conntrace.capture.LinkType;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.LinkTypeCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts packets by link types that are not known; a capture has one or two of them. */
final class UnknownLinkTypes {
  private int[] numbers = new int[2];
  private long[] packets = new long[2];
  private int size;

  /** Counts a packet; those of further types than a report names are left out. */
  void count(int number) {
    int i = 0;
    while (i < size && numbers[i] != number) {
      i++;
    }
    if (i == CaptureReport.MAX_LINK_TYPES) {
      return;
    }
    if (i == size) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
        packets = Arrays.copyOf(packets, 2 * size);
      }
      numbers[size++] = number;
    }
    packets[i]++;
  }

  List<LinkTypeCount> report() {
    List<LinkTypeCount> report = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      report.add(new LinkTypeCount(numbers[i], LinkType.nameOf(numbers[i]), packets[i]));
    }
    return report;
  }
}
