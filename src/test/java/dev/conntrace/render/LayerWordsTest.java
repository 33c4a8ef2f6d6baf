package dev.conntrace.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.conntrace.trace.HeaderSizes;
import dev.conntrace.trace.Layer;
import dev.conntrace.trace.SegmentFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerWordsTest {
  private static final int MSS = 1460;

  @Test
  void namesEveryLayer() {
    assertEquals(
        "Ethernet 14 + IPv4 20 + TCP 32 + data 10 = 76 bytes",
        LayerWords.sum(data(10, 0)).toString());
  }

  @Test
  void findsNothingOddInWhatAddsUp() {
    assertEquals("", LayerWords.oddities(data(MSS, 0), MSS).toString());
  }

  @Test
  void namesWhatLiesBehindTheSegment() {
    assertEquals(
        "4 bytes behind them that belong to no layer: padding or a trailer",
        LayerWords.oddities(data(10, 4), MSS).toString());
    assertEquals(
        "the IP header names 3 bytes more than the frame has",
        LayerWords.oddities(data(10, -3), MSS).toString());
  }

  @Test
  void knowsThePaddingOfEthernet() {
    List<Layer> layers = List.of(new Layer("Ethernet", 14), new Layer("IPv4", 20));
    HeaderSizes headers = new HeaderSizes(14, 20, 20, layers, false);
    assertEquals(
        "6 of padding behind them: Ethernet's least frame has 60 bytes",
        LayerWords.oddities(bare(headers, 60), MSS).toString());
  }

  @Test
  void saysThatTheLengthIsNotFromTheIpHeader() {
    HeaderSizes headers = new HeaderSizes(14, 20, 20, List.of(), true);
    assertEquals(
        "the IP header's length is 0, so the frame's is taken",
        LayerWords.oddities(bare(headers, 54), MSS).toString());
  }

  @Test
  void saysThatALargeSegmentIsSeveralPackets() {
    assertEquals(
        "larger than the MSS of 1460: 3 packets on the wire, cut up or joined by a network card",
        LayerWords.oddities(data(2 * MSS + 1, 0), MSS).toString());
  }

  /** Returns a segment without data in these headers. */
  private static SegmentFacts bare(HeaderSizes headers, long originalLength) {
    SegmentFacts like = data(0, 0);
    return new SegmentFacts(
        1,
        like.timestampNanos(),
        like.from(),
        like.flags(),
        like.seq(),
        like.ack(),
        like.seqRel(),
        like.ackRel(),
        0,
        like.windowField(),
        like.windowBytes(),
        true,
        like.windowBytes(),
        like.options(),
        headers,
        originalLength,
        0,
        64,
        0,
        "",
        null,
        like.notes(),
        List.of(),
        null);
  }

  private static SegmentFacts data(int length, int behind) {
    return new Scene().padding(behind).fromClient(".", 1, length, 1).segments().get(0).segment();
  }
}
