package dev.conntrace.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Samples that were damaged on purpose: whatever a capture holds, conntrace says what it can, and
 * its counters add up. For more than the usual rounds, or others:
 *
 * <pre>mvn test -Dtest=HostileSamplesTest -Dhostile.rounds=10000 -Dhostile.seed=7</pre>
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileSamplesTest {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int ROUNDS = Integer.getInteger("hostile.rounds", 40);
  private static final int LARGE_ROUNDS = Math.max(2, ROUNDS / 10);
  private static final long SEED = Long.getLong("hostile.seed", 20_261_121L);
  private static final int[] WIDTHS = {40, 80, 100, 160};

  private static final int FILE_HEADER_BYTES = 24;
  private static final int RECORD_HEADER_BYTES = 16;

  /** Link, IP and TCP headers: what the engine reads. */
  private static final int HEADER_BYTES = 90;

  static List<Sample> samples() {
    return Sample.all().stream().filter(sample -> sample.bytes().length <= MAX_BYTES).toList();
  }

  static List<Sample> plainSamples() {
    return samples().stream()
        .filter(sample -> sample.toString().endsWith(".pcap") && !sample.isDamaged())
        .filter(sample -> isLittleEndian(sample.bytes()))
        .toList();
  }

  private static boolean isLittleEndian(byte[] bytes) {
    return bytes[0] == (byte) 0xD4 || bytes[0] == (byte) 0x4D;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void cutAtEveryLength(Sample sample) {
    byte[] bytes = sample.bytes();
    long frames = -1;
    for (int length = 0; length <= bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      int width = WIDTHS[length % WIDTHS.length];
      frames = survives(cut, frames, width, sample + " cut at " + length);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void withBytesFlipped(Sample sample) {
    byte[] bytes = sample.bytes();
    rounds(
        sample,
        random -> {
          byte[] damaged = bytes.clone();
          for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
            damage(damaged, random.nextInt(damaged.length), random);
          }
          return damaged;
        });
  }

  @ParameterizedTest
  @MethodSource("plainSamples")
  void withHeadersFlipped(Sample sample) {
    byte[] bytes = sample.bytes();
    List<ByteBuffer> packets = records(bytes);
    rounds(
        sample,
        random -> {
          byte[] damaged = bytes.clone();
          for (int flips = 1 + random.nextInt(12); flips > 0; flips--) {
            ByteBuffer record = packets.get(random.nextInt(packets.size()));
            int length = Math.min(HEADER_BYTES, record.remaining() - RECORD_HEADER_BYTES);
            if (length > 0) {
              int at = record.position() + RECORD_HEADER_BYTES + random.nextInt(length);
              damage(damaged, at, random);
            }
          }
          return damaged;
        });
  }

  @ParameterizedTest
  @MethodSource("plainSamples")
  void withPacketsMissingDoubledAndOutOfOrder(Sample sample) {
    byte[] bytes = sample.bytes();
    rounds(
        sample,
        random -> {
          List<ByteBuffer> packets = new ArrayList<>(records(bytes));
          for (int changes = 1 + random.nextInt(10); changes > 0; changes--) {
            int at = random.nextInt(packets.size());
            int other = random.nextInt(packets.size());
            switch (random.nextInt(3)) {
              case 0 -> packets.add(at, packets.get(other));
              case 1 -> Collections.swap(packets, at, other);
              default -> {
                if (packets.size() > 1) {
                  packets.remove(at);
                }
              }
            }
          }
          return file(bytes, packets);
        });
  }

  static List<Sample> largeSamples() {
    return Sample.all().stream().filter(sample -> sample.bytes().length > MAX_BYTES).toList();
  }

  /** Too large to be cut everywhere, but not to be cut and flipped somewhere. */
  @ParameterizedTest
  @MethodSource("largeSamples")
  void largeOnesCutWithBytesFlipped(Sample sample) {
    byte[] bytes = sample.bytes();
    for (int round = 0; round < LARGE_ROUNDS; round++) {
      long seed = SEED + round;
      Random random = new Random(seed);
      byte[] damaged = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      for (int flips = 1 + random.nextInt(30); flips > 0; flips--) {
        damage(damaged, random.nextInt(damaged.length), random);
      }
      survives(damaged, -1, WIDTHS[0], sample + ", hostile.seed " + seed);
    }
  }

  /** Packets of another capture come between: other connections, or other ends of the same. */
  @ParameterizedTest
  @MethodSource("plainSamples")
  void withAnotherSplicedIn(Sample sample) {
    byte[] bytes = sample.bytes();
    List<Sample> others = plainSamples();
    rounds(
        sample,
        random -> {
          List<ByteBuffer> packets = new ArrayList<>(records(bytes));
          List<ByteBuffer> foreign = records(others.get(random.nextInt(others.size())).bytes());
          int at = random.nextInt(packets.size());
          int from = random.nextInt(foreign.size());
          packets.addAll(at, foreign.subList(from, foreign.size()));
          return file(bytes, packets);
        });
  }

  private interface Damage {
    byte[] by(Random random);
  }

  private static void rounds(Sample sample, Damage damage) {
    for (int round = 0; round < ROUNDS; round++) {
      // A round by itself can be had again: it is the first one of its own seed.
      long seed = SEED + round;
      byte[] damaged = damage.by(new Random(seed));
      survives(damaged, -1, WIDTHS[round % WIDTHS.length], sample + ", hostile.seed " + seed);
    }
  }

  /** Returns the number of packets; text and records are built where that is a new number. */
  private static long survives(byte[] bytes, long framesBefore, int width, String what) {
    try {
      EveryOutput output = EveryOutput.of(bytes);
      if (output == null) {
        return -1;
      }
      if (output.frames() != framesBefore) {
        output.buildAll(width);
      }
      return output.frames();
    } catch (RuntimeException | Error e) {
      throw new AssertionError(what + ": " + e, e);
    } catch (IOException e) {
      throw new UncheckedIOException(what, e);
    }
  }

  private static void damage(byte[] bytes, int at, Random random) {
    switch (random.nextInt(3)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      default -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
    }
  }

  /** Returns each packet with its record header, as a part of the whole. */
  private static List<ByteBuffer> records(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<ByteBuffer> records = new ArrayList<>();
    int at = FILE_HEADER_BYTES;
    while (at < bytes.length) {
      int end = at + RECORD_HEADER_BYTES + file.getInt(at + 8);
      records.add(ByteBuffer.wrap(bytes, at, end - at));
      at = end;
    }
    return records;
  }

  private static byte[] file(byte[] original, List<ByteBuffer> records) {
    int length = records.stream().mapToInt(ByteBuffer::remaining).sum();
    ByteBuffer file = ByteBuffer.allocate(FILE_HEADER_BYTES + length);
    file.put(original, 0, FILE_HEADER_BYTES);
    records.forEach(record -> file.put(record.duplicate()));
    return file.array();
  }
}
