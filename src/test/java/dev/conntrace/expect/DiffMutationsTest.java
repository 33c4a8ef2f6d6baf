package dev.conntrace.expect;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.Packet;
import dev.conntrace.expect.EditedCapture.Edited;
import dev.conntrace.select.SelectionException;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.Opened;
import dev.conntrace.wire.TcpFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real captures of orderly connections in which one packet is changed: the sentence says which. */
class DiffMutationsTest {
  private static final int SACK_PERMITTED = 4;
  private static final int NO_OPERATION = 1;
  private static final int TCP_HEADER = 20;
  private static final int FLAGS = 12;

  /** One change, and how the sentence goes on that tells of it. */
  enum Mutation {
    SACK_NOT_OFFERED("B's client offers no SACK, A's does"),
    BYTE_CHANGED("byte 1 of the client is 0x"),
    BYTES_LOST("of the client's stream, B lacks "),
    SENT_AGAIN("B's client retransmits byte"),
    RESET_AT_THE_END("A closes by FIN, B closes by RST"),
    LATE(" in A, 1"),
    NO_FIRST_CONNECTION("only A has this connection");

    private final String sentence;

    Mutation(String sentence) {
      this.sentence = sentence;
    }

    /** Returns the changed capture; null where there is nothing to change. */
    EditedCapture of(EditedCapture capture) {
      int syn = capture.first(packet -> packet.has(TcpFlags.SYN) && !packet.has(TcpFlags.ACK));
      String client = capture.packets().get(syn).src();
      int data = capture.first(packet -> packet.src().equals(client) && packet.payloadLength() > 0);
      int fin = capture.first(packet -> packet.has(TcpFlags.FIN));
      return switch (this) {
        case SACK_NOT_OFFERED -> withoutSack(capture, syn);
        case BYTE_CHANGED ->
            data < 0 ? null : capture.with(data, packet -> flipped(packet, packet.payload()));
        case BYTES_LOST -> data < 0 ? null : capture.without(data);
        case SENT_AGAIN -> data < 0 ? null : again(capture, data);
        case RESET_AT_THE_END ->
            capture.with(
                fin,
                packet ->
                    packet.with(
                        packet.tcp() + FLAGS,
                        (packet.buffer().getShort(packet.tcp() + FLAGS)
                                & ~(TcpFlags.FIN | TcpFlags.PSH))
                            | TcpFlags.RST));
        case LATE ->
            capture.packets().get(fin).timeNanos() == Packet.NO_TIMESTAMP
                ? null
                : capture.delayedFrom(fin, 10_000_000_000L);
        case NO_FIRST_CONNECTION -> withoutClient(capture, client);
      };
    }

    private static EditedCapture withoutSack(EditedCapture capture, int syn) {
      Edited packet = capture.packets().get(syn);
      for (int at = packet.tcp() + TCP_HEADER; at + 1 < packet.payload(); at++) {
        if (packet.buffer().getShort(at) == (SACK_PERMITTED << 8 | 2)) {
          int option = at;
          return capture.with(syn, old -> old.with(option, NO_OPERATION << 8 | NO_OPERATION));
        }
      }
      return null;
    }

    private static Edited flipped(Edited packet, int at) {
      return packet.with(at, packet.buffer().getShort(at) ^ 0x0100);
    }

    /** The same segment in a packet of its own, with another IP identification. */
    private static EditedCapture again(EditedCapture capture, int data) {
      Edited packet = capture.packets().get(data);
      return capture.plus(data + 1, packet.withOtherId());
    }

    private static EditedCapture withoutClient(EditedCapture capture, String client) {
      EditedCapture rest = capture;
      for (int i = capture.packets().size() - 1; i >= 0; i--) {
        Edited packet = capture.packets().get(i);
        if (packet.src().equals(client) || packet.dst().equals(client)) {
          rest = rest.without(i);
        }
      }
      return rest;
    }
  }

  static Stream<Arguments> orderlySamples() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    for (Path sample : DiffSamplesTest.samples()) {
      EditedCapture capture = EditedCapture.of(sample);
      Trace trace = capture.traced();
      if (capture.editable() == trace.capture().tcpSegments() && isOrderly(trace)) {
        for (Mutation mutation : Mutation.values()) {
          EditedCapture changed = mutation.of(capture);
          if (changed != null) {
            cases.add(Arguments.of(sample, mutation, capture, changed));
          }
        }
      }
    }
    assertTrue(cases.size() > 20 * Mutation.values().length, "only " + cases.size() + " cases");
    return cases.stream();
  }

  /** What is repeated or missing anyway may hide a change. */
  private static boolean isOrderly(Trace trace) {
    for (ConnectionTrace connection : trace.connections()) {
      ConnectionReport report = connection.report();
      if (report.opened() != Opened.THREE_WAY
          || !Set.of(Closed.THREE_SEGMENT, Closed.FOUR_SEGMENT).contains(report.closed())
          || report.fromClient().bytes() != report.fromClient().uniqueBytes()
          || connection.fromClient().gapBytes() > 0
          || connection.fromClient().length() != report.fromClient().uniqueBytes()
          || report.annotations().containsKey(AnnotationKind.RETRANSMISSION)
          || report.annotations().containsKey(AnnotationKind.BAD_CHECKSUM)) {
        return false;
      }
    }
    return !trace.connections().isEmpty();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("orderlySamples")
  void tellsWhatWasChanged(
      Path sample, Mutation mutation, EditedCapture capture, EditedCapture changed)
      throws IOException, SelectionException {
    DiffOptions options = DiffOptions.DEFAULT.within(DiffTolerance.parse("5s"));
    List<String> texts = DiffSamplesTest.between(capture, changed, options);
    assertTrue(
        texts.stream().anyMatch(text -> text.contains(mutation.sentence)),
        () -> mutation.sentence + "... in " + texts);
  }
}
