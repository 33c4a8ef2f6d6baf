package dev.conntrace.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * The bar itself. Loaded only when one is shown: it brings a library that small captures do not
 * need.
 */
final class ProgressDisplay implements AutoCloseable {
  private static final int COLUMNS = 78;
  private static final int NAME_COLUMNS = 24;
  private static final int UPDATE_MILLIS = 200;
  private static final long MEGABYTE = 1_000_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int THOUSAND = 1000;

  private final ProgressBar bar;

  ProgressDisplay(String name, long totalBytes, OutputStream err) {
    PrintStream terminal = new PrintStream(err, true, StandardCharsets.UTF_8);
    bar =
        new ProgressBarBuilder()
            .setTaskName(shortened(Messages.printable(name)))
            .setInitialMax(totalBytes)
            .setUnit(" MB", MEGABYTE)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(terminal, COLUMNS))
            .clearDisplayOnFinish()
            .build();
  }

  /**
   * Shows how far the reading has come; how long the rest will take, the bar knows.
   *
   * @param packets how many were read so far; 0 if nobody knows
   * @param nanos how long it took
   */
  void moveTo(long bytes, long packets, long nanos) {
    bar.stepTo(bytes);
    if (packets > 0 && nanos > 0) {
      bar.setExtraMessage(packetsPerSecond(packets, nanos));
    }
  }

  /** In thousands: the digits after them change too fast to be read. */
  static String packetsPerSecond(long packets, long nanos) {
    long perSecond = Math.round(packets * NANOS_PER_SECOND / nanos);
    return perSecond < THOUSAND ? perSecond + " pkt/s" : perSecond / THOUSAND + "k pkt/s";
  }

  @Override
  public void close() {
    bar.close();
  }

  /** The end of a path tells more than its beginning. */
  private static String shortened(String name) {
    return name.length() <= NAME_COLUMNS
        ? name
        : "..." + name.substring(name.length() - NAME_COLUMNS + 3);
  }
}
