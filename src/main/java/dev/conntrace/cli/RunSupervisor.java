package dev.conntrace.cli;

import dev.conntrace.sockets.ProcessSockets;
import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.Ownership;
import java.io.IOException;
import java.util.List;

/**
 * Runs a command while packets are captured: watches whose connections they belong to, and ends the
 * capture when the command has ended and its last connections are closed.
 */
final class RunSupervisor {
  /** How long the last packets may take from the wire to the capture. */
  private static final long SETTLE_MILLIS = 50;

  private final ProcessSockets sockets = ProcessSockets.prepare();
  private final LiveInput input;
  private final long waitNanos;
  private final Thread thread;
  private final SignalRelay relay;
  private final Process process;
  private volatile int status;

  private RunSupervisor(List<String> command, LiveInput input, long waitNanos) throws IOException {
    this.input = input;
    this.waitNanos = waitNanos;
    thread = new Thread(this::supervise, "command");
    relay = new SignalRelay(thread::interrupt);
    try {
      process = RunProcess.start(command);
    } catch (IOException e) {
      relay.close();
      sockets.close();
      throw e;
    }
  }

  /**
   * Starts the command.
   *
   * @param input is stopped at the end
   * @param waitNanos how long the last connections may take to close
   * @throws IOException if the command cannot be started
   */
  static RunSupervisor start(List<String> command, LiveInput input, long waitNanos)
      throws IOException {
    RunSupervisor supervisor = new RunSupervisor(command, input, waitNanos);
    supervisor.relay.to(supervisor.process);
    supervisor.sockets.watch(supervisor.process.pid());
    supervisor.thread.start();
    return supervisor;
  }

  private void supervise() {
    try {
      status = process.waitFor();
      sockets.awaitClosed(waitNanos);
      Thread.sleep(SETTLE_MILLIS);
    } catch (InterruptedException e) {
      // Somebody does not want to wait for the last connections.
    } finally {
      relay.close();
      sockets.close();
      input.stop();
    }
  }

  /** Returns whose a connection is, as far as is known by now. */
  Ownership of(ConnectionKey key) {
    return sockets.of(key);
  }

  /** Waits for the end, and returns the command's exit status. */
  ExitStatus await() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitStatus.ofCommand(status);
  }
}
