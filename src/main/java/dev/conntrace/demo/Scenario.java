package dev.conntrace.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the demo can show. Each constant plays both client and server. */
public enum Scenario {
  TUTORIAL(
      "a client sends ten bytes to a server and closes",
      "the three segments of the opening, the data and its ACK, the close, who waits in TIME_WAIT",
      "tutorial/tutorial.pcap",
      Dialogues::tutorial),
  SEGMENTATION(
      "one write of 300000 bytes",
      "one call of the program becomes several segments: none is larger than the MSS allows",
      "large-segments/large-segments.pcap",
      Transfers::segmentation),
  COALESCING(
      "a hundred writes of 50 bytes while the first waits for its ACK",
      "many calls become few segments: what waits in the send buffer travels together",
      "coalesced-writes/coalesced-writes.pcap",
      Transfers::coalescing),
  HALF_CLOSE(
      "the client has nothing more to say; the server goes on for a while",
      "a FIN closes one direction only: the client waits in FIN_WAIT_2 and still acknowledges",
      "half-close/half-close.pcap",
      Closings::halfClose),
  SIMULTANEOUS_CLOSE(
      "both ends close at the same moment",
      "both FINs cross on the way, so both ends wait in TIME_WAIT; it may take some tries",
      "simultaneous-close/simultaneous-close.pcap",
      CrossingFins::play),
  RESET(
      "the client gives up: it closes with a linger time of 0",
      "a RST ends both directions at once, and nobody waits in TIME_WAIT",
      "reset/reset.pcap",
      Closings::reset),
  REFUSED(
      "a client calls a port where nobody listens",
      "the SYN is answered with a RST",
      "refused/refused.pcap",
      Openings::refused),
  ZERO_WINDOW(
      "the server does not read for two seconds",
      "its receive buffer fills, its window goes down to 0, the client probes until it opens again",
      "zero-window/zero-window.pcap",
      Transfers::zeroWindow),
  MANY_CLIENTS(
      "ten clients of one listener at the same time",
      "one listening port, ten connections: the client's port tells them apart",
      "ten-clients/ten-clients.pcap",
      Openings::manyClients),
  BACKLOG(
      "more clients than the queue of a listener holds that accepts none",
      "SYNs without an answer, sent again and again, until the queue has room",
      "queue-full/queue-full.pcap",
      Openings::backlog),
  TIME_WAIT(
      "a client closes first, and calls again from the same port",
      "its socket waits in TIME_WAIT; a new SYN may take the place over",
      "time-wait-reuse/client-owns-time-wait.pcap",
      Closings::timeWait),
  NAGLE(
      "two small writes, then a wait for the answer",
      "Nagle's algorithm holds the second back until the first is acknowledged, and the receiver"
          + " delays that ACK: 40 ms of silence",
      "nagle-delayed-ack/nagle-delayed-ack.pcap",
      Dialogues::nagle),
  UDP(
      "the same ten bytes as a UDP datagram",
      "no opening, no ACK, no close: one packet, and nobody knows whether it arrived",
      "udp/udp-and-tcp.pcap",
      Dialogues::udp);

  /** Plays a scenario. */
  interface Play {
    void run(Stage stage) throws Exception;
  }

  private final String title;
  private final String lesson;
  private final String recording;

  /** A method without state. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Play play;

  Scenario(String title, String lesson, String recording, Play play) {
    this.title = title;
    this.lesson = lesson;
    this.recording = recording;
    this.play = play;
  }

  /** Returns its name on the command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns what client and server do, as a phrase. */
  public String title() {
    return title;
  }

  /** Returns what there is to see, as a phrase. */
  public String lesson() {
    return lesson;
  }

  /** Returns the name of the sample that shows the same, in this project's sample-captures. */
  public String recording() {
    return recording;
  }

  /**
   * Returns that sample, which comes with the program: a capture; to be closed by the caller.
   *
   * @throws IOException if this build lacks it
   */
  public InputStream openRecording() throws IOException {
    InputStream stream = Scenario.class.getResourceAsStream("recorded/" + recording);
    if (stream == null) {
      throw new IOException("the recorded sample " + recording + " is not in this build");
    }
    return stream;
  }

  /** Returns the scenario of this name; null if there is none. */
  public static @Nullable Scenario ofId(String id) {
    for (Scenario scenario : values()) {
      if (scenario.id().equals(id)) {
        return scenario;
      }
    }
    return null;
  }

  /**
   * Plays client and server to the end.
   *
   * @throws DemoException if something kept them from it: the port is taken, for instance
   */
  public void play(Stage stage) throws DemoException {
    try {
      play.run(stage);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("the demo was interrupted", e);
    } catch (Exception e) {
      throw new DemoException("the demo " + id() + " broke off: " + e.getMessage(), e);
    }
  }
}
