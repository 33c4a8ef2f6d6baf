package dev.conntrace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.conntrace.decode.DecodeOutcome;
import dev.conntrace.decode.Segment;
import dev.conntrace.decode.SegmentDecoder;
import dev.conntrace.samples.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as TCP options: what {@link TcpOptions} says of them is what a second, plain reading of
 * RFC 9293 3.1 finds, whatever it read before and whatever lies behind them.
 */
class TcpOptionsFuzzTest {
  private static final int MAX_OPTION_BYTES = 40;

  /** What was read before: it must leave nothing behind. */
  private static final byte[] EVERYTHING = {
    2, 4, 5, 1, 3, 3, 7, 4, 2, 5, 10, 0, 0, 0, 1, 0, 0, 0, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 34, 4,
    1, 2, 30, 3, 0x20, 1, 1, 1, 1
  };

  static Stream<byte[]> options() {
    SegmentDecoder decoder = new SegmentDecoder();
    Segment segment = new Segment();
    return Seeds.packets()
        .filter(packet -> decoder.decode(packet, segment) == DecodeOutcome.TCP)
        .map(packet -> optionsOf(segment))
        .map(ByteBuffer::wrap)
        .distinct()
        .map(ByteBuffer::array);
  }

  private static byte[] optionsOf(Segment segment) {
    int end = segment.payloadOffset();
    int from = Math.max(0, end - segment.tcpHeaderLength() + 20);
    return Arrays.copyOfRange(segment.bytes(), from, Math.max(from, end));
  }

  @MethodSource("options")
  @FuzzTest
  void saysWhatAPlainReadingFinds(byte[] input) {
    int length = Math.min(input.length, MAX_OPTION_BYTES);
    TcpOptions options = new TcpOptions();
    options.parse(EVERYTHING, 0, EVERYTHING.length, EVERYTHING.length);
    // Behind the options lies payload, which may look like more of them.
    byte[] array = Arrays.copyOf(input, input.length + 16);
    Arrays.fill(array, input.length, array.length, (byte) 8);

    options.parse(array, 0, length, length);
    assertEquals(new PlainReading(Arrays.copyOf(input, length)).words(), words(options));

    for (int captured = 0; captured < length; captured++) {
      options.parse(array, 0, length, captured);
      TcpOptions alone = new TcpOptions();
      alone.parse(Arrays.copyOf(input, captured), 0, length, captured);
      assertEquals(words(alone), words(options), "cut at " + captured);
      if (options.isMalformed()) {
        continue;
      }
      assertFalse(new PlainReading(Arrays.copyOf(input, captured)).wrongLength, "cut");
    }
  }

  private static String words(TcpOptions options) {
    List<String> words = new ArrayList<>();
    if (options.hasMss()) {
      words.add("mss " + options.mssBytes());
    }
    if (options.hasWindowScale()) {
      words.add("scale " + options.windowScale());
    }
    if (options.isSackPermitted()) {
      words.add("permitted");
    }
    for (int i = 0; i < options.sackBlocks(); i++) {
      words.add("sack " + options.sackLeft(i) + " " + options.sackRight(i));
    }
    if (options.hasTimestamps()) {
      words.add("times " + options.timestampValue() + " " + options.timestampEcho());
    }
    if (options.hasFastOpen()) {
      words.add("cookie " + options.fastOpenCookieLength());
    }
    if (options.isMalformed()) {
      words.add("malformed");
    }
    return String.join(", ", words);
  }

  /** The last option of a kind counts; the order of the words is fixed. */
  private static final class PlainReading {
    private final TreeMap<Integer, String> found = new TreeMap<>();
    boolean wrongLength;

    PlainReading(byte[] bytes) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        int kind = left.get() & 0xFF;
        if (kind == 0) {
          return;
        }
        if (kind == 1) {
          continue;
        }
        int body = left.hasRemaining() ? (left.get() & 0xFF) - 2 : -1;
        if (body < 0 || body > left.remaining()) {
          found.put(9, "malformed");
          return;
        }
        read(kind, left.slice(left.position(), body));
        left.position(left.position() + body);
      }
    }

    private void read(int kind, ByteBuffer body) {
      int length = body.remaining();
      switch (kind) {
        case 2 -> put(length == 2, 1, () -> "mss " + (body.getShort() & 0xFFFF));
        case 3 -> put(length == 1, 2, () -> "scale " + (body.get() & 0xFF));
        case 4 -> put(length == 0, 3, () -> "permitted");
        case 5 -> put(length > 0 && length % 8 == 0, 4, () -> blocks(body));
        case 8 -> put(length == 8, 5, () -> "times " + body.getInt() + " " + body.getInt());
        case 30 -> put(length > 0, 0, null);
        case 34 -> put(true, 6, () -> "cookie " + length);
        case 253, 254 -> {
          if (length >= 2 && (body.getShort() & 0xFFFF) == 0xF989) {
            put(true, 6, () -> "cookie " + (length - 2));
          }
        }
        default -> {}
      }
    }

    private static String blocks(ByteBuffer body) {
      List<String> blocks = new ArrayList<>();
      while (body.hasRemaining()) {
        blocks.add("sack " + body.getInt() + " " + body.getInt());
      }
      return String.join(", ", blocks);
    }

    private void put(boolean fits, int place, @Nullable Supplier<String> words) {
      if (!fits) {
        wrongLength = true;
        found.put(9, "malformed");
      } else if (words != null) {
        found.put(place, words.get());
      }
    }

    String words() {
      return String.join(", ", found.values());
    }
  }
}
