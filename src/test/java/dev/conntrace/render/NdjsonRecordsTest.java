package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.trace.SegmentSeen;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class NdjsonRecordsTest {
  @Test
  void writesASegmentAsTheContractSays() throws IOException {
    Scene scene = Scenes.lossy();
    assertEquals(
        """
        {"type":"packet","schema":1,"file":"a.pcap","frame":31,"time":"1700000000.336042789",\
        "connection":1,"from":"server","src":"127.0.0.1:6573","dst":"127.0.0.1:36270","flags":"A",\
        "seq":2000017377,"ack":4294967224,"seq_rel":17377,"ack_rel":28,"len":1448,"window":76800,\
        "annotations":["timeout-retransmission","retransmission"],\
        "notes":[{"annotation":"timeout-retransmission","rule":"rule-of-timeout-retransmission",\
        "text":"no ACK came for 212 ms, the timer fired","evidence":[29],"confidence":"likely",\
        "alternative":"tail-loss-probe"},\
        {"annotation":"retransmission","rule":"rule-of-retransmission",\
        "text":"retransmission of bytes 17377-18824, first sent before frame 29","evidence":[29],\
        "confidence":"certain"}],\
        "client_state":"ESTABLISHED","server_state":"ESTABLISHED"}
        """,
        packet(scene.segments().get(30), "a.pcap"));
  }

  @Test
  void leavesOutWhatIsNotThere() throws IOException {
    Scene scene = new Scene().noTimes().scaleUnknown().fromClient("", -3, 0, 0);
    assertEquals(
        """
        {"type":"packet","schema":1,"file":"-","frame":1,"connection":1,"from":"client",\
        "src":"127.0.0.1:36270","dst":"127.0.0.1:6573","flags":"","seq":4294967193,"seq_rel":-3,\
        "len":0,"window":65536,"window_scale":"unknown","annotations":[],"notes":[],\
        "client_state":"CLOSED","server_state":"LISTEN"}
        """,
        packet(scene.segments().get(0), "-"));
  }

  @Test
  void writesAConnectionAsTheContractSays() throws IOException {
    StringWriter out = new StringWriter();
    NdjsonRecords records = new NdjsonRecords(out);
    records.connection("a.pcap", Scenes.exchangeReport(Scenes.exchange()));
    records.flush();
    assertEquals(
        """
        {"type":"connection","schema":1,"file":"a.pcap","connection":1,"client":"127.0.0.1:36270",\
        "server":"127.0.0.1:6573","role_evidence":"syn","first_frame":1,"last_frame":10,\
        "start":"1700000000.123456789","end":"1700000002.124218789","duration":2.000762,\
        "opened":"three-way","closed":"three-segment","closed_first":"client",\
        "client_state":"TIME_WAIT","server_state":"CLOSED",\
        "time_wait":{"owner":"client","start":"1700000002.124218789",\
        "expected_end":"1700000062.124218789","restarts":0},\
        "handshake":{"syn_frame":1,"syn_ack_frame":2,"ack_frame":3,"rtt_server":0.000021,\
        "rtt_client":0.000011,\
        "client":{"mss":65495,"window_scale":7,"sack":true,"timestamps":true,"ecn":"none","tfo":"none"},\
        "server":{"mss":65495,"window_scale":7,"sack":true,"timestamps":true,"ecn":"none","tfo":"none"},\
        "in_force":{"client_mss":65483,"server_mss":65483,"client_window_scale":7,\
        "server_window_scale":7,"sack":true,"timestamps":true,"ecn":"none"}},\
        "rtt":{"min":0.000007,"median":0.000009,"p95":0.041,"max":0.045,"samples":14},\
        "from_client":{"segments":6,"bytes":10,"unique_bytes":10,"missing_bytes":0},\
        "from_server":{"segments":4,"bytes":3,"unique_bytes":3,"missing_bytes":0},\
        "annotations":{"syn":1},"capture_quality":[{"id":"checksum-partial","count":9,\
        "text":"checksums were left to the network card, as always on loopback: nothing is wrong"}],\
        "capture_point":"unknown"}
        """,
        out.toString());
  }

  @Test
  void leavesOutOfAConnectionWhatIsNotKnown() throws IOException {
    StringWriter out = new StringWriter();
    NdjsonRecords records = new NdjsonRecords(out);
    records.connection("a.pcap", Scenes.unknown());
    records.flush();
    for (String absent :
        new String[] {
          "start", "end", "duration", "closed_first", "time_wait", "handshake", "min"
        }) {
      assertFalse(out.toString().contains("\"" + absent + "\""), absent);
    }
    assertTrue(out.toString().contains("\"rtt\":{\"samples\":0},"));
    assertTrue(out.toString().contains("\"annotations\":{},"));
  }

  @Test
  void writesACaptureAsTheContractSays() throws IOException {
    StringWriter out = new StringWriter();
    try (NdjsonRecords records = new NdjsonRecords(out)) {
      records.summary("a.pcap", Scenes.capture());
    }
    assertEquals(
        """
        {"type":"summary","schema":1,"file":"a.pcap","frames":50,"tcp_segments":46,\
        "skipped":{"udp":3,"arp":1},"connections":3,"opened":{"three-way":2,"refused":1},\
        "closed":{"three-segment":1,"reset":1,"never-opened":1},\
        "annotations":{"syn":3,"retransmission":2,"zero-window":1,"reset":1},\
        "capture_quality":[{"id":"drops","count":2,"text":"packets were dropped while the capture was\
         taken: what seems lost may only be missing from the file"},\
        {"id":"checksum-partial","count":40,\
        "text":"checksums were left to the network card, as always on loopback: nothing is wrong"}],\
        "checksums_verified":100,\
        "listeners":[{"server":"127.0.0.1:6573","clients":1,"clients_exact":true,"connections":3,\
        "most_at_once":2,"refused":1,"unanswered":0}]}
        """,
        out.toString());
  }

  @Test
  void writesOneObjectALine() throws IOException {
    StringWriter out = new StringWriter();
    try (NdjsonRecords records = new NdjsonRecords(out)) {
      for (SegmentSeen event : Scenes.lossy().segments()) {
        records.packet("two\nlines \u2028\u0085\u001b", event);
      }
      records.summary("a", Scenes.capture());
    }
    String[] lines = out.toString().split("\n", -1);
    assertEquals(Scenes.lossy().segments().size() + 2, lines.length);
    assertTrue(lines[0].contains("\"file\":\"two\\nlines \\u2028\\u0085\\u001B\""), lines[0]);
    assertEquals("", lines[lines.length - 1]);
    for (int i = 0; i + 1 < lines.length; i++) {
      assertTrue(lines[i].startsWith("{\"type\":") && lines[i].endsWith("}"), lines[i]);
    }
  }

  @Test
  void writesSecondsWithoutExponentOrRounding() {
    assertEquals("0", DecimalSeconds.shortest(0));
    assertEquals("0.000000001", DecimalSeconds.shortest(1));
    assertEquals("-0.000000001", DecimalSeconds.shortest(-1));
    assertEquals("10", DecimalSeconds.shortest(10_000_000_000L));
    assertEquals("9223372036.854775807", DecimalSeconds.shortest(Long.MAX_VALUE));
    assertEquals("-9223372036.854775808", DecimalSeconds.shortest(Long.MIN_VALUE));
    assertEquals("1700000000.123456789", DecimalSeconds.fixed(1_700_000_000_123_456_789L, 9));
    assertEquals("1700000000.123456", DecimalSeconds.fixed(1_700_000_000_123_456_789L, 6));
    assertEquals("-1.500000000", DecimalSeconds.fixed(-1_500_000_000L, 9));
  }

  private static String packet(SegmentSeen event, String file) throws IOException {
    StringWriter out = new StringWriter();
    NdjsonRecords records = new NdjsonRecords(out);
    records.packet(file, event);
    records.flush();
    return out.toString();
  }
}
