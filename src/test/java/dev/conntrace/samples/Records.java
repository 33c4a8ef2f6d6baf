package dev.conntrace.samples;

import dev.conntrace.cli.CommandCall;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The records of one capture, and what must hold between them. */
final class Records {
  private static final BigDecimal TIME_WAIT_SECONDS = new BigDecimal(60);

  private static final Set<String> RETRANSMISSIONS =
      Set.of(
          "fast-retransmission",
          "timeout-retransmission",
          "tail-loss-probe",
          "syn-retransmission",
          "fin-retransmission",
          "spurious-retransmission");

  private final List<Map<String, Object>> packets;
  private final List<Map<String, Object>> connections;
  private final Map<String, Object> summary;
  private final List<String> faults = new ArrayList<>();

  private Records(
      List<Map<String, Object>> packets,
      List<Map<String, Object>> connections,
      Map<String, Object> summary) {
    this.packets = packets;
    this.connections = connections;
    this.summary = summary;
  }

  /** Returns the records that the commands print, exit status 3 included. */
  static Records of(String file) {
    return new Records(
        read("packets", file), read("connections", file), read("summary", file).get(0));
  }

  private static List<Map<String, Object>> read(String command, String file) {
    CommandCall call = CommandCall.of(command, "--format", "ndjson", file);
    return call.lines().stream().map(Json::object).toList();
  }

  /** Returns what is wrong, each with the frame or connection where it is; empty if nothing. */
  List<String> faults() {
    for (Map<String, Object> packet : packets) {
      each("frame " + packet.get("frame"), packet);
      packet(packet);
    }
    for (Map<String, Object> connection : connections) {
      each("connection " + connection.get("connection"), connection);
    }
    each("summary", summary);
    if (faults.isEmpty()) {
      checkOrder();
      checkBases();
      connections.forEach(this::connection);
      checkSummary();
    }
    return faults;
  }

  private void each(String where, Map<String, Object> record) {
    List<String> own = new ArrayList<>();
    Contract.check(record, own);
    own.forEach(fault -> faults.add(where + ": " + fault));
  }

  private void same(String where, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      faults.add(where + " is " + actual + ", not " + expected);
    }
  }

  private void claim(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }

  private void packet(Map<String, Object> packet) {
    String where = "frame " + packet.get("frame");
    List<?> annotations = (List<?>) packet.get("annotations");
    Set<Object> noted = new HashSet<>();
    for (Object entry : (List<?>) packet.get("notes")) {
      Map<?, ?> note = (Map<?, ?>) entry;
      noted.add(note.get("annotation"));
      List<?> evidence = (List<?>) note.get("evidence");
      claim(evidence.size() <= 4, where + ": more than four frames of evidence: " + note);
      claim(
          evidence.stream().allMatch(frame -> (long) frame <= number(summary, "frames")),
          where + ": evidence after the last frame: " + note);
      claim(!evidence.contains(packet.get("frame")), where + ": is its own evidence: " + note);
      claim(
          !note.get("annotation").equals(note.get("alternative")),
          where + ": is its own alternative: " + note);
    }
    same(where + ": annotations with a note", new HashSet<>(annotations), noted);
    claim(
        annotations.size() == noted.size(), where + ": an annotation stands twice: " + annotations);
    boolean kind = annotations.stream().anyMatch(RETRANSMISSIONS::contains);
    claim(
        !kind || annotations.contains("retransmission"),
        where + ": a kind of retransmission without the annotation: " + annotations);
    claim(
        !annotations.contains("refused") || annotations.contains("reset"),
        where + ": refused without reset: " + annotations);
    String flags = packet.get("flags").toString();
    same(where + ": has ack", flags.contains("A"), packet.containsKey("ack"));
    same(where + ": has ack_rel", packet.containsKey("ack"), packet.containsKey("ack_rel"));
  }

  private void checkOrder() {
    long frame = 0;
    for (Map<String, Object> packet : packets) {
      claim(number(packet, "frame") > frame, "frame " + packet.get("frame") + " is out of order");
      frame = number(packet, "frame");
    }
    Map<Long, Long> firstFrames = new TreeMap<>();
    for (Map<String, Object> connection : connections) {
      Long other = firstFrames.put(number(connection, "connection"), firstFrame(connection));
      claim(other == null, "connection " + connection.get("connection") + " stands twice");
    }
    long number = 0;
    long previous = 0;
    for (Map.Entry<Long, Long> entry : firstFrames.entrySet()) {
      same("connection number", ++number, entry.getKey());
      claim(
          entry.getValue() > previous,
          "connection " + entry.getKey() + " begins before the one of the number below");
      previous = entry.getValue();
    }
  }

  private static long firstFrame(Map<String, Object> connection) {
    return number(connection, "first_frame");
  }

  /**
   * The raw and the relative number of a stream are always the same distance apart, but for a SYN
   * that begins anew before the connection is open.
   */
  private void checkBases() {
    Map<String, Long> bases = new TreeMap<>();
    for (Map<String, Object> packet : packets) {
      String connection = packet.get("connection") + " from ";
      String from = packet.get("from").toString();
      String to = from.equals("client") ? "server" : "client";
      base(bases, connection + from, packet, "seq");
      if (packet.containsKey("ack") && !packet.get("flags").toString().contains("R")) {
        base(bases, connection + to, packet, "ack");
      }
    }
  }

  private void base(
      Map<String, Long> bases, String stream, Map<String, Object> packet, String field) {
    long base = number(packet, field) - number(packet, field + "_rel") & 0xFFFF_FFFFL;
    if (field.equals("seq") && packet.get("flags").toString().contains("S")) {
      bases.put(stream, base);
    }
    Long known = bases.putIfAbsent(stream, base);
    String where = "frame " + packet.get("frame") + ": what " + field + "_rel of connection ";
    claim(
        known == null || known == base,
        where + stream + " counts from is " + base + ", before it was " + known);
  }

  private void connection(Map<String, Object> connection) {
    String where = "connection " + connection.get("connection") + ": ";
    List<Map<String, Object>> own =
        packets.stream()
            .filter(packet -> packet.get("connection").equals(connection.get("connection")))
            .toList();
    if (own.isEmpty()) {
      faults.add(where + "has no packets");
      return;
    }
    Map<String, Object> last = own.get(own.size() - 1);
    same(where + "first_frame", own.get(0).get("frame"), connection.get("first_frame"));
    same(where + "last_frame", last.get("frame"), connection.get("last_frame"));
    for (String state : List.of("client_state", "server_state")) {
      same(where + state, last.get(state), connection.get(state));
    }
    same(
        where + "annotations",
        counted(own, packet -> (List<?>) packet.get("annotations")),
        connection.get("annotations"));
    for (String side : List.of("client", "server")) {
      totals(where, connection, own, side);
    }
    times(where, connection, own);
    handshake(where, connection, own);
  }

  private void totals(
      String where,
      Map<String, Object> connection,
      List<Map<String, Object>> packetsOfBoth,
      String side) {
    Map<String, Object> totals = object(connection, "from_" + side);
    long segments = 0;
    long bytes = 0;
    for (Map<String, Object> packet : packetsOfBoth) {
      boolean sent = packet.get("from").equals(side);
      String own = connection.get(side).toString();
      same(
          where + "address in frame " + packet.get("frame"), own, packet.get(sent ? "src" : "dst"));
      segments += sent ? 1 : 0;
      bytes += sent ? number(packet, "len") : 0;
    }
    same(where + side + " segments", segments, totals.get("segments"));
    same(where + side + " bytes", bytes, totals.get("bytes"));
    claim(
        number(totals, "unique_bytes") <= bytes,
        where + side + " has more unique bytes than bytes: " + totals);
  }

  private void times(String where, Map<String, Object> connection, List<Map<String, Object>> own) {
    Object start = own.get(0).get("time");
    if (start == null) {
      claim(!connection.containsKey("duration"), where + "has a duration without times");
      return;
    }
    same(where + "start", start, connection.get("start"));
    BigDecimal end =
        own.stream()
            .filter(packet -> packet.containsKey("time"))
            .map(packet -> decimal(packet, "time"))
            .max(BigDecimal::compareTo)
            .orElseThrow();
    claim(
        end.compareTo(decimal(connection, "end")) == 0,
        where + "end is " + connection.get("end") + ", the latest packet " + end);
    BigDecimal lasted = end.subtract(new BigDecimal(start.toString()));
    claim(
        lasted.compareTo(decimal(connection, "duration")) == 0,
        where + "duration is " + connection.get("duration") + ", not " + lasted);
    if (connection.containsKey("time_wait")) {
      Map<String, Object> wait = object(connection, "time_wait");
      BigDecimal waits = decimal(wait, "expected_end").subtract(decimal(wait, "start"));
      claim(waits.compareTo(TIME_WAIT_SECONDS) == 0, where + "TIME_WAIT of " + waits + " s");
    }
  }

  private void handshake(
      String where, Map<String, Object> connection, List<Map<String, Object>> own) {
    if (!connection.containsKey("handshake")) {
      return;
    }
    Map<String, Object> handshake = object(connection, "handshake");
    handshakeFrame(where, handshake, own, "syn_frame", "F?SP?U?E?C?N?");
    handshakeFrame(where, handshake, own, "syn_ack_frame", "F?SP?AU?E?C?N?");
    handshakeFrame(where, handshake, own, "ack_frame", "F?S?P?AU?E?C?N?");
  }

  private void handshakeFrame(
      String where,
      Map<String, Object> handshake,
      List<Map<String, Object>> own,
      String field,
      String flags) {
    if (handshake.containsKey(field)) {
      claim(
          own.stream()
              .filter(packet -> packet.get("frame").equals(handshake.get(field)))
              .anyMatch(packet -> packet.get("flags").toString().matches(flags)),
          where + field + " " + handshake.get(field) + " is no such segment");
    }
  }

  private void checkSummary() {
    long skipped = object(summary, "skipped").values().stream().mapToLong(n -> (long) n).sum();
    same("summary: tcp_segments", (long) packets.size(), summary.get("tcp_segments"));
    same(
        "summary: tcp_segments and skipped",
        number(summary, "frames"),
        number(summary, "tcp_segments") + skipped);
    same("summary: connections", (long) connections.size(), summary.get("connections"));
    for (String field : List.of("opened", "closed")) {
      same(
          "summary: " + field,
          counted(connections, connection -> List.of(connection.get(field))),
          summary.get(field));
    }
    same(
        "summary: annotations",
        counted(packets, packet -> (List<?>) packet.get("annotations")),
        summary.get("annotations"));
  }

  private static Map<Object, Object> counted(
      List<Map<String, Object>> records, Function<Map<String, Object>, List<?>> words) {
    Map<Object, Object> counts = new TreeMap<>();
    for (Map<String, Object> record : records) {
      for (Object word : words.apply(record)) {
        counts.merge(word, 1L, (one, other) -> (long) one + (long) other);
      }
    }
    return counts;
  }

  private static long number(Map<String, Object> object, String field) {
    return (long) object.get(field);
  }

  private static BigDecimal decimal(Map<String, Object> object, String field) {
    return new BigDecimal(object.get(field).toString());
  }

  @SuppressWarnings("unchecked") // the contract's form was checked before
  private static Map<String, Object> object(Map<String, Object> object, String field) {
    return (Map<String, Object>) object.get(field);
  }
}
