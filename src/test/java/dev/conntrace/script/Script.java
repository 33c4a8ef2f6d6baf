package dev.conntrace.script;

import static org.junit.jupiter.api.Assertions.fail;

import dev.conntrace.Tracer;
import dev.conntrace.TracerOptions;
import dev.conntrace.capture.CaptureException;
import dev.conntrace.capture.Packet;
import dev.conntrace.decode.PacketBytes;
import dev.conntrace.decode.TcpOptionBytes;
import dev.conntrace.trace.TraceSink;
import dev.conntrace.wire.IpProtocol;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Plays segments written in the notation of {@code SegmentNotation} to a tracer, through the real
 * decoder, and hands back what it said.
 *
 * <pre>{@code
 * Traced t = Script.run("""
 *     +0    > S  0:0(0) <mss 1460,sackOK,wscale 7>    | SYN_SENT UNKNOWN
 *     +.010 < S. 0:0(0) ack 1 <mss 1460>              | SYN_SENT SYN_RECEIVED
 *     +.010 > .  1:1(0) ack 1                         | ESTABLISHED ESTABLISHED
 *     """);
 * }</pre>
 *
 * <p>States behind {@code |}, annotations behind another, and how a connection ended in a line
 * {@code end three-way three-segment first client wait client} are checked. {@code #} begins a
 * comment. A line {@code isn > 7 < 9} sets the initial sequence numbers from there on, a line
 * {@code icmp 3 4 1400 of 1} is an ICMP error (type, code, MTU) that quotes frame 1 at once. What a
 * line leaves out has a sensible value: window 65535, IP identifications that count up for each
 * side, TTL 64, {@code checksum valid} (or {@code partial}, {@code bad}), {@code if 0}. The
 * client's numbers wrap after a few bytes, the server's cross 2^31: every script crosses both.
 */
public final class Script {
  /** Frames 1 to 3: a handshake of 20 ms with SACK and shift 7, no timestamps. */
  public static final String HANDSHAKE =
      """
      +0    > S  0:0(0) <mss 1460,sackOK,wscale 7>
      +.010 < S. 0:0(0) ack 1 <mss 1460,sackOK,wscale 7>
      +.010 > .  1:1(0) ack 1
      """;

  private static final long START_NANOS = 1_700_000_000_000_000_000L;
  private static final int CLIENT_PORT = 40000;
  private static final int ETHERNET_HEADER = 14;
  private static final int ICMP_HEADER = 8;
  private static final int QUOTED_BYTES = 28;

  private long clientIsn = (1L << 32) - 5;
  private long serverIsn = (1L << 31) - 6;
  private boolean ipv6;
  private boolean self;
  private boolean hasTimes = true;
  private boolean countsIds = true;
  private String client = "10.0.0.1";
  private String server = "10.0.0.2";
  private int clientPort = CLIENT_PORT;
  private int serverPort = 80;
  private TracerOptions options = TracerOptions.DEFAULT;
  private long droppedBefore = ScriptedSource.NEVER;
  private UnaryOperator<PacketBytes> around = UnaryOperator.identity();
  private boolean whole;

  private final int[] nextId = {1000, 50000};
  private final List<Packet> packets = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<ScriptedSegment> segments = new ArrayList<>();
  private final Outcomes outcomes = new Outcomes();
  private long nowNanos = START_NANOS;

  /** Plays a script with everything as it usually is. */
  public static Traced run(String script) {
    return new Script().play(script);
  }

  /**
   * Plays a script that says all: a line without states says that they are as before, one without
   * annotations that it has none, and each connection has a line {@code end}.
   */
  public static Traced tell(String script) {
    return new Script().whole().play(script);
  }

  /** Demands that the script says all, as {@link #tell} does. */
  public Script whole() {
    whole = true;
    return this;
  }

  /** Puts something around every packet, or something else under it. */
  public Script on(UnaryOperator<PacketBytes> around) {
    this.around = around;
    return this;
  }

  /** Sets the initial sequence numbers; the low 32 bits count. */
  public Script isns(long client, long server) {
    clientIsn = client;
    serverIsn = server;
    return this;
  }

  /** Plays it over IPv6, which has no identifications. */
  public Script ipv6() {
    ipv6 = true;
    client = "fd00::1";
    server = "fd00::2";
    return this;
  }

  /** Sets which address and port {@code >} comes from. */
  public Script from(String address, int port) {
    client = address;
    clientPort = port;
    return this;
  }

  /** Sets which address and port {@code >} goes to. */
  public Script to(String address, int port) {
    server = address;
    serverPort = port;
    return this;
  }

  /** Makes both sides one socket. */
  public Script self() {
    self = true;
    to(client, clientPort);
    return this;
  }

  /** Leaves the times of all packets out. */
  public Script withoutTimes() {
    hasTimes = false;
    return this;
  }

  /** Gives all packets identification 0 unless the line names one. */
  public Script withoutIds() {
    countsIds = false;
    return this;
  }

  /** Lets the capture say at this frame that it dropped a packet. */
  public Script droppedBefore(long frame) {
    droppedBefore = frame;
    return this;
  }

  public Script options(TracerOptions options) {
    this.options = options;
    return this;
  }

  /** Plays the script and checks what it says of its segments and connections. */
  public Traced play(String script) {
    Traced traced = new Traced(lines);
    play(script, traced.sink());
    List<String> faults = outcomes.faults(segments, traced, whole);
    if (!faults.isEmpty()) {
      fail(String.join("\n", faults) + '\n' + traced);
    }
    return traced;
  }

  /** Plays the script to any sink. */
  public void play(String script, TraceSink sink) {
    for (String line : script.split("\n", -1)) {
      take(line.replaceFirst("#.*", "").strip());
    }
    try (ScriptedSource source = new ScriptedSource(packets, droppedBefore)) {
      new Tracer(options, sink).trace(source);
    } catch (CaptureException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line) {
    if (line.isEmpty()) {
      return;
    }
    if (line.startsWith("isn ")) {
      String[] words = line.split("\\s+", -1);
      isns(Long.parseLong(words[2]), Long.parseLong(words[4]));
      return;
    }
    if (line.startsWith("end ")) {
      outcomes.add(line);
      return;
    }
    lines.add(line);
    if (line.startsWith("icmp ")) {
      segments.add(ScriptedSegment.icmp());
      packets.add(icmpError(line.split("\\s+")));
      return;
    }
    ScriptedSegment segment = LineParser.parse(line);
    segments.add(segment);
    nowNanos += segment.sinceNanos;
    packets.add(packet(segment));
  }

  /** An ICMP error of a router: 8 bytes of its own, then the IP header and 8 bytes more. */
  private Packet icmpError(String[] words) {
    Packet quoted = packets.get(Integer.parseInt(words[5]) - 1);
    byte[] error =
        ByteBuffer.allocate(ICMP_HEADER + QUOTED_BYTES)
            .put(Byte.parseByte(words[1]))
            .put(Byte.parseByte(words[2]))
            .putInt(2, 0)
            .putShort(6, Short.parseShort(words[3]))
            .put(ICMP_HEADER, quoted.bytes(), ETHERNET_HEADER, QUOTED_BYTES)
            .array();
    PacketBytes bytes =
        PacketBytes.ipv4(IpProtocol.ICMP, error).src("192.0.2.9", 0).dst(client, clientPort);
    Packet packet = bytes.packet();
    packet.describe(packets.size() + 1L, nowNanos, packet.linkType(), 0);
    return packet;
  }

  private Packet packet(ScriptedSegment segment) {
    PacketBytes bytes = ipv6 ? PacketBytes.ipv6Tcp() : PacketBytes.ipv4Tcp();
    address(bytes, segment);
    long ownIsn = segment.fromClient || self ? clientIsn : serverIsn;
    long otherIsn = segment.fromClient && !self ? serverIsn : clientIsn;
    bytes.seq(ownIsn + segment.begin).flags(segment.flags);
    bytes.ack(segment.hasAck ? otherIsn + segment.ack : 0).window(segment.window);
    bytes.ttl(segment.ttl).ecn(segment.ecn).urgentPointer(segment.urgentPointer).ipId(id(segment));
    for (ScriptedSegment.Options.Option option : segment.options.list) {
      bytes.options(bytes(option, otherIsn));
    }
    if (segment.text.isEmpty()) {
      bytes.payload(segment.length);
    } else {
      bytes.payload(segment.text.getBytes(StandardCharsets.ISO_8859_1));
    }
    switch (segment.checksum) {
      case "valid" -> {}
      case "partial" -> bytes.partialChecksum();
      case "bad" -> bytes.badChecksum();
      default -> throw new IllegalArgumentException("no checksum is " + segment.checksum);
    }
    return described(bytes, segment);
  }

  private Packet described(PacketBytes bytes, ScriptedSegment segment) {
    PacketBytes built = around.apply(bytes);
    Packet packet = segment.snapBytes > 0 ? built.snapped(segment.snapBytes) : built.packet();
    long time = hasTimes ? nowNanos : Packet.NO_TIMESTAMP;
    packet.describe(packets.size() + 1L, time, packet.linkType(), segment.interfaceIndex);
    return packet;
  }

  private void address(PacketBytes bytes, ScriptedSegment segment) {
    int port = clientPort + segment.connection - 1;
    if (segment.fromClient) {
      bytes.src(client, port).dst(server, serverPort);
    } else {
      bytes.src(server, serverPort).dst(client, port);
    }
  }

  private int id(ScriptedSegment segment) {
    int counted = nextId[segment.fromClient ? 0 : 1]++;
    if (segment.ipId != ScriptedSegment.FROM_COUNTER) {
      return segment.ipId;
    }
    return countsIds ? counted : 0;
  }

  private static byte[] bytes(ScriptedSegment.Options.Option option, long otherIsn) {
    List<Long> numbers = option.numbers();
    return switch (option.name()) {
      case "mss" -> TcpOptionBytes.mss(Math.toIntExact(numbers.get(0)));
      case "wscale" -> TcpOptionBytes.windowScale(Math.toIntExact(numbers.get(0)));
      case "sackOK" -> TcpOptionBytes.sackPermitted();
      case "TS" -> TcpOptionBytes.timestamps(numbers.get(0), numbers.get(1));
      case "sack" ->
          TcpOptionBytes.sack(numbers.stream().mapToLong(edge -> otherIsn + edge).toArray());
      case "tfo" ->
          TcpOptionBytes.fastOpen(
              new byte[numbers.isEmpty() ? 0 : Math.toIntExact(numbers.get(0))]);
      case "mptcp" -> TcpOptionBytes.option(30, new byte[2]);
      case "raw" -> raw(numbers);
      default -> throw new IllegalArgumentException("no option is called " + option.name());
    };
  }

  /** Any option bytes: {@code raw 3 2} is a window scale that contradicts its own length. */
  private static byte[] raw(List<Long> numbers) {
    byte[] bytes = new byte[numbers.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = numbers.get(i).byteValue();
    }
    return bytes;
  }
}
