package dev.conntrace.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C that ends what is being read, not the program: everything up to there is still reported,
 * and the exit status is that of an orderly end.
 */
final class Interruption {
  /** How long the program may take to come to its end. */
  private static final int GRACE_SECONDS = 30;

  private static final CountDownLatch OVER = new CountDownLatch(1);
  private static volatile int status;
  private static volatile boolean ownsProcess;

  private Interruption() {}

  /** Says that {@link #exit} will end the process. */
  static void ownProcess() {
    ownsProcess = true;
  }

  /**
   * Has {@code stop} run, on another thread, when somebody wants the program to end; not where it
   * is only a part of another program.
   */
  static void stops(Runnable stop) {
    if (!ownsProcess) {
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(stop), "interruption"));
  }

  private static void finish(Runnable stop) {
    stop.run();
    try {
      if (OVER.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(status);
      }
    } catch (InterruptedException e) {
      // The signal's own status then.
    }
  }

  /** Ends the process, which may have been told to end already. */
  static void exit(int code) {
    status = code;
    OVER.countDown();
    System.exit(code);
  }
}
