package dev.conntrace.cli;

import dev.conntrace.capture.live.WantedTraffic;
import dev.conntrace.sockets.KernelView;
import dev.conntrace.sockets.SocketRecording;
import dev.conntrace.sockets.SocketTableException;
import dev.conntrace.sockets.SocketWatch;
import dev.conntrace.trace.TraceSink;
import java.io.Closeable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The kernel's own view beside a live capture, where there is one and it is wanted. */
final class KernelWatch implements Closeable {
  private static final String NO_KERNEL = "--no-kernel";

  private final @Nullable SocketWatch sockets;
  private final Messages messages;
  private @Nullable KernelView view;
  private boolean closed;

  private KernelWatch(@Nullable SocketWatch sockets, Messages messages) {
    this.sockets = sockets;
    this.messages = messages;
  }

  /** Adds the option that does without. */
  static void define(CommandSpec spec) {
    spec.addOption(
        OptionSpecs.flag(
                "Do without the kernel's own view of the sockets (Linux): states, queues, timers"
                    + " and processes.",
                NO_KERNEL)
            .build());
  }

  /** Begins to watch the sockets, unless that is not wanted, and says through what. */
  static KernelWatch open(ParseResult words, WantedTraffic wanted, Messages messages) {
    return open(words, wanted, messages, messages);
  }

  /** Begins to watch the sockets, unless that is not wanted, without a word. */
  static KernelWatch silently(ParseResult words, Messages messages) {
    return open(words, WantedTraffic.ALL, messages, null);
  }

  private static KernelWatch open(
      ParseResult words, WantedTraffic wanted, Messages messages, @Nullable Messages heading) {
    if (OptionSpecs.isGiven(words, NO_KERNEL)) {
      return new KernelWatch(null, messages);
    }
    SocketWatch sockets = null;
    String status;
    try {
      sockets = SocketWatch.open(wanted.ports());
      status = sockets.status();
    } catch (SocketTableException e) {
      status = "not asked: " + e.getMessage();
    }
    if (heading != null) {
      heading.note("kernel: " + status);
    }
    return new KernelWatch(sockets, messages);
  }

  /** Adds what the kernel has to what a sink is told. */
  TraceSink beside(TraceSink sink) {
    if (sockets == null) {
      return sink;
    }
    view = new KernelView(sockets, sink);
    return view;
  }

  /** Tells who watches live what is there; to be called while no packet comes. */
  void onWaiting() {
    if (view != null) {
      view.onWaiting();
    }
  }

  /** Ends it, and returns what adds all that it has seen to what a sink is told. */
  UnaryOperator<TraceSink> recorded() {
    close();
    return sockets == null ? sink -> sink : new SocketRecording(sockets)::beside;
  }

  /** Ends it, and says what was missed; what was seen can still be told. */
  @Override
  public void close() {
    if (sockets != null && !closed) {
      closed = true;
      sockets.close();
      String shortcoming = sockets.shortcoming();
      if (shortcoming != null) {
        messages.note("kernel: " + shortcoming);
      }
    }
  }
}
