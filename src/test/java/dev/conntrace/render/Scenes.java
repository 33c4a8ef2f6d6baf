package dev.conntrace.render;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureNotes;
import dev.conntrace.trace.CapturePoint;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.CaptureReport;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.ConnectionHistory;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.DirectionTotals;
import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.Handshake.InForce;
import dev.conntrace.trace.Handshake.Offer;
import dev.conntrace.trace.ListenerReport;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.RoleEvidence;
import dev.conntrace.trace.RttStatistics;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.TcpState;
import dev.conntrace.trace.TimeWait;
import dev.conntrace.trace.UdpReport;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The connections that the tests print. */
final class Scenes {
  private Scenes() {}

  static Scene handshake() {
    return new Scene()
        .window(65495)
        .note(AnnotationKind.SYN, "the client asks for a connection and counts its bytes from here")
        .client(TcpState.SYN_SENT, "sent its SYN")
        .fromClient("S", 0, 0, 0)
        .after(21)
        .window(65483)
        .note(AnnotationKind.SYN_ACK, "the server agrees and counts its own bytes from here", 1)
        .server(TcpState.SYN_RECEIVED, "answered the SYN")
        .fromServer("S.", 0, 0, 1)
        .after(11)
        .window(65536)
        .note(
            AnnotationKind.HANDSHAKE_COMPLETE,
            "acknowledges the server's SYN of {frame}: the connection is open",
            2)
        .client(TcpState.ESTABLISHED, "its SYN was acknowledged by frame 2")
        .server(TcpState.ESTABLISHED, "its SYN is acknowledged")
        .fromClient(".", 1, 0, 1);
  }

  /** A question, an answer, and a close in three segments. */
  static Scene exchange() {
    return handshake()
        .after(150)
        .payload("Data here!")
        .fromClient("P.", 1, 10, 1)
        .after(9)
        .fromServer(".", 1, 0, 11)
        .after(512)
        .payload("ok\n")
        .fromServer("P.", 1, 3, 11)
        .after(7)
        .fromClient(".", 11, 0, 4)
        .after(2_000_000)
        .note(AnnotationKind.FIN, "the client has no more to send")
        .client(TcpState.FIN_WAIT_1, "sent its FIN")
        .fromClient("F.", 11, 0, 4)
        .after(40)
        .note(AnnotationKind.FIN, "the server has no more to send either")
        .note(AnnotationKind.FIN_ACKED, "acknowledges the FIN of {frame}", 8)
        .client(TcpState.FIN_WAIT_2, "its FIN is acknowledged")
        .server(TcpState.LAST_ACK, "sent its FIN")
        .fromServer("F.", 4, 0, 12)
        .after(12)
        .note(
            AnnotationKind.CLOSE_COMPLETE,
            "acknowledges the FIN of {frame}: both directions closed",
            9)
        .note(AnnotationKind.TIME_WAIT, "the client waits before it forgets the connection")
        .client(TcpState.TIME_WAIT, "both FINs are acknowledged, and it closed first")
        .server(TcpState.CLOSED, "its FIN is acknowledged")
        .fromClient(".", 12, 0, 5);
  }

  static ConnectionReport exchangeReport(Scene scene) {
    return report(
        scene,
        Opened.THREE_WAY,
        Closed.THREE_SEGMENT,
        Party.CLIENT,
        new TimeWait(
            Party.CLIENT,
            scene.nanos(),
            scene.nanos() + 60_000_000_000L,
            scene.segments().size(),
            0,
            null),
        new DirectionTotals(6, 10, 10, 0),
        new DirectionTotals(4, 3, 3, 0),
        Map.of(AnnotationKind.SYN, 1L),
        List.of(new CaptureQuality(CaptureQuality.Problem.CHECKSUM_PARTIAL, 9)));
  }

  /** A long transfer with a loss in the middle, then a full receiver. */
  static Scene lossy() {
    Scene scene =
        handshake()
            .after(100)
            .payload("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .fromClient("P.", 1, 27, 1);
    long seq = 1;
    for (int i = 0; i < 12; i++) {
      scene.after(30).fromServer(".", seq, 1448, 28);
      seq += 1448;
      scene.after(5).window(65536 + 1024L * i).fromClient(".", 28, 0, seq);
    }
    return scene
        .after(30)
        .note(
            AnnotationKind.PREVIOUS_SEGMENT_MISSING,
            "{2:bytes} before it have not been seen: {frame} fills the hole later",
            30)
        .fromServer(".", seq + 1448, 1448, 28)
        .after(4)
        .sack(seq + 1448, seq + 2896)
        .note(
            AnnotationKind.DUPLICATE_ACK,
            "duplicate ACK number 1: still wants byte 17377, though {frame} brought later ones",
            29)
        .note(AnnotationKind.SACK, "has bytes 18825-20272 beyond the hole")
        .fromClient(".", 28, 0, seq)
        .after(212_000)
        .payload("\u001b]0;owned\u0007 \u202eevil \"quoted\" \\ tail of it that goes on")
        .note(
            AnnotationKind.TIMEOUT_RETRANSMISSION,
            "no ACK came for {1:time}, the timer fired",
            Confidence.LIKELY,
            AnnotationKind.TAIL_LOSS_PROBE,
            29)
        .note(
            AnnotationKind.RETRANSMISSION,
            "retransmission of {range}, first sent before {frame}",
            29)
        .fromServer(".", seq, 1448, 28)
        .after(4)
        .window(0)
        .note(AnnotationKind.ZERO_WINDOW, "the client's buffer is full: the server must stop")
        .fromClient(".", 28, 0, seq + 2896)
        .after(3_000_000)
        .window(65536)
        .note(AnnotationKind.WINDOW_UPDATE, "room for {2:bytes} again after {1:time}")
        .fromClient(".", 28, 0, seq + 2896)
        .after(100)
        .note(AnnotationKind.RESET, "the server gave up: a RST ends the connection")
        .client(TcpState.CLOSED, "got a RST")
        .server(TcpState.CLOSED, "sent a RST")
        .fromServer("R.", seq + 2896, 0, 28);
  }

  static ConnectionReport lossyReport(Scene scene) {
    Map<AnnotationKind, Long> counts = new EnumMap<>(AnnotationKind.class);
    counts.put(AnnotationKind.SYN, 1L);
    counts.put(AnnotationKind.RETRANSMISSION, 1L);
    counts.put(AnnotationKind.TIMEOUT_RETRANSMISSION, 1L);
    counts.put(AnnotationKind.PREVIOUS_SEGMENT_MISSING, 1L);
    counts.put(AnnotationKind.DUPLICATE_ACK, 1L);
    counts.put(AnnotationKind.SACK, 1L);
    counts.put(AnnotationKind.ZERO_WINDOW, 1L);
    counts.put(AnnotationKind.RESET, 1L);
    return report(
        scene,
        Opened.THREE_WAY,
        Closed.RESET,
        Party.SERVER,
        null,
        new DirectionTotals(17, 27, 27, 0),
        new DirectionTotals(16, 20272, 20272, 1448),
        counts,
        List.of(new CaptureQuality(CaptureQuality.Problem.DROPS, 2)));
  }

  static ConnectionReport report(
      Scene scene,
      Opened opened,
      Closed closed,
      Party closedFirst,
      TimeWait timeWait,
      DirectionTotals fromClient,
      DirectionTotals fromServer,
      Map<AnnotationKind, Long> annotations,
      List<CaptureQuality> quality) {
    int frames = scene.segments().size();
    Offer offer =
        new Offer(true, OptionalInt.of(65495), OptionalInt.of(7), true, true, "none", "none");
    return new ConnectionReport(
        1,
        Scene.KEY,
        RoleEvidence.SYN,
        1,
        frames,
        Scene.START,
        scene.nanos(),
        opened,
        closed,
        closedFirst,
        scene.segments().get(frames - 1).clientState(),
        scene.segments().get(frames - 1).serverState(),
        timeWait,
        new Handshake(
            OptionalLong.of(1),
            OptionalLong.of(2),
            OptionalLong.of(3),
            OptionalLong.of(21_000),
            OptionalLong.of(11_000),
            offer,
            offer,
            new InForce(65483, 65483, 7, 7, true, true, "none"),
            null),
        new RttStatistics(7_000, 9_000, 41_000_000, 45_000_000, 14),
        fromClient,
        fromServer,
        annotations,
        quality,
        null,
        null,
        CapturePoint.UNKNOWN,
        ConnectionHistory.NONE);
  }

  /** A connection of which nothing is known but that segments were seen. */
  static ConnectionReport unknown() {
    long none = SegmentFacts.NO_TIMESTAMP;
    return new ConnectionReport(
        1,
        Scene.KEY,
        RoleEvidence.FIRST_PACKET,
        1,
        3,
        none,
        none,
        Opened.MIDSTREAM,
        Closed.OPEN,
        null,
        TcpState.UNKNOWN,
        TcpState.UNKNOWN,
        null,
        null,
        RttStatistics.NONE,
        new DirectionTotals(2, 10, 10, 0),
        new DirectionTotals(1, 0, 0, 0),
        Map.of(),
        List.of(new CaptureQuality(CaptureQuality.Problem.MIDSTREAM, 1)),
        "GRE \u202etunnel",
        null,
        CapturePoint.UNKNOWN,
        ConnectionHistory.NONE);
  }

  static CaptureReport capture() {
    Map<String, Long> skipped = new LinkedHashMap<>();
    skipped.put("udp", 3L);
    skipped.put("arp", 1L);
    Map<AnnotationKind, Long> counts = new EnumMap<>(AnnotationKind.class);
    counts.put(AnnotationKind.SYN, 3L);
    counts.put(AnnotationKind.RETRANSMISSION, 2L);
    counts.put(AnnotationKind.ZERO_WINDOW, 1L);
    counts.put(AnnotationKind.RESET, 1L);
    Map<Opened, Long> opened = new EnumMap<>(Opened.class);
    opened.put(Opened.THREE_WAY, 2L);
    opened.put(Opened.REFUSED, 1L);
    Map<Closed, Long> closed = new EnumMap<>(Closed.class);
    closed.put(Closed.THREE_SEGMENT, 1L);
    closed.put(Closed.RESET, 1L);
    closed.put(Closed.NEVER_OPENED, 1L);
    return new CaptureReport(
        50,
        46,
        skipped,
        Scene.START,
        Scene.START + 5_200_000_000L,
        3,
        opened,
        closed,
        counts,
        List.of(
            new CaptureQuality(CaptureQuality.Problem.DROPS, 2),
            new CaptureQuality(CaptureQuality.Problem.CHECKSUM_PARTIAL, 40)),
        List.of(new ListenerReport(Scene.KEY.server(), 1, true, 3, 2, 1, 0)),
        "pcap, Ethernet, microseconds",
        List.of(),
        CaptureNotes.NONE,
        UdpReport.NONE,
        100);
  }
}
