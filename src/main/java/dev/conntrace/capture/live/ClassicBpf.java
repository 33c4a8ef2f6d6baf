package dev.conntrace.capture.live;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts a program of the classic BSD Packet Filter together (Linux's networking/filter
 * documentation). Each instruction has 8 bytes:
 *
 * <pre>
 *  0               1               2               3
 * +-------------------------------+---------------+---------------+
 * |             code              |  jump if true | jump if false |
 * +-------------------------------+---------------+---------------+
 * |                               k                               |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * Jumps lead forward only, to labels that are placed later.
 */
final class ClassicBpf {
  /** Added to an offset, it counts from the start of the network header (SKF_NET_OFF). */
  static final int NETWORK = -0x100000;

  /** Where the packet's EtherType is read, whatever the link layer (SKF_AD_OFF). */
  static final int PROTOCOL = -0x1000;

  /** Where is read whether it comes or goes (SKF_AD_PKTTYPE). */
  static final int PACKET_TYPE = PROTOCOL + 4;

  /** Where its interface's kind of hardware is read (SKF_AD_HATYPE). */
  static final int HARDWARE_TYPE = PROTOCOL + 28;

  private static final int LOAD_WORD = 0x20;
  private static final int LOAD_HALF = 0x28;
  private static final int LOAD_BYTE = 0x30;
  private static final int LOAD_HALF_INDEXED = 0x48;
  private static final int LOAD_HEADER_LENGTH = 0xb1;
  private static final int JUMP_EQUAL = 0x15;
  private static final int JUMP_BITS = 0x45;
  private static final int JUMP_ALWAYS = 0x05;
  private static final int RETURN = 0x06;
  private static final int NEXT = 0;

  /** Both fields of a jump have one byte; one that is always taken has four. */
  private static final int FARTHEST = 255;

  /** The kernel takes no more (BPF_MAXINSNS). */
  private static final int MOST_INSTRUCTIONS = 4096;

  private final boolean far;

  private long[] code = new long[64];
  private int[] trueLabel = new int[64];
  private int size;
  private int[] places = new int[16];
  private int labels = 1;
  private boolean tooLong;

  /**
   * Begins a program.
   *
   * @param far whether labels may be more than 255 instructions away, which takes two instructions
   *     for each jump
   */
  ClassicBpf(boolean far) {
    this.far = far;
  }

  /** Returns a label that is yet to be {@linkplain #place placed}. */
  int label() {
    if (labels == places.length) {
      places = Arrays.copyOf(places, 2 * labels);
    }
    return labels++;
  }

  void place(int label) {
    places[label] = size;
  }

  void loadWord(int offset) {
    add(LOAD_WORD, NEXT, NEXT, offset);
  }

  void loadHalf(int offset) {
    add(LOAD_HALF, NEXT, NEXT, offset);
  }

  void loadByte(int offset) {
    add(LOAD_BYTE, NEXT, NEXT, offset);
  }

  /** Loads two bytes behind the index that {@link #indexByHeaderLength} has set. */
  void loadHalfIndexed(int offset) {
    add(LOAD_HALF_INDEXED, NEXT, NEXT, offset);
  }

  /** Sets the index to the length of the IPv4 header at this offset. */
  void indexByHeaderLength(int offset) {
    add(LOAD_HEADER_LENGTH, NEXT, NEXT, offset);
  }

  /** Goes to the label if what was loaded is this. */
  void ifEqual(int value, int label) {
    jumpIf(JUMP_EQUAL, value, label);
  }

  /** Goes to the label unless what was loaded is this. */
  void unlessEqual(int value, int label) {
    if (!far) {
      add(JUMP_EQUAL, NEXT, label, value);
      return;
    }
    int equal = label();
    add(JUMP_EQUAL, equal, NEXT, value);
    goTo(label);
    place(equal);
  }

  /** Goes to the label if any of these bits is set in what was loaded. */
  void ifAnyBit(int bits, int label) {
    jumpIf(JUMP_BITS, bits, label);
  }

  private void jumpIf(int operation, int operand, int label) {
    if (!far) {
      add(operation, label, NEXT, operand);
      return;
    }
    int otherwise = label();
    add(operation, NEXT, otherwise, operand);
    goTo(label);
    place(otherwise);
  }

  /** Goes to the label in any case. */
  void goTo(int label) {
    add(JUMP_ALWAYS, label, NEXT, 0);
  }

  /** Ends the program: so many bytes of the packet are kept, none if 0. */
  void keep(int bytes) {
    add(RETURN, NEXT, NEXT, bytes);
  }

  private void add(int operation, int ifTrue, int ifFalse, int operand) {
    if (size == code.length) {
      code = Arrays.copyOf(code, 2 * size);
      trueLabel = Arrays.copyOf(trueLabel, 2 * size);
    }
    trueLabel[size] = ifTrue << 16 | ifFalse;
    code[size++] = (long) operation << 32 | (operand & 0xFFFFFFFFL);
  }

  /** Returns the number of instructions. */
  int size() {
    return size;
  }

  /**
   * Returns the program with its jumps resolved, an instruction an element: code in the upper 16
   * bits, then both jumps, then k in the lower 32. Null if a jump would be too far, or the program
   * is too long.
   */
  long @Nullable [] assemble() {
    tooLong = size > MOST_INSTRUCTIONS;
    long[] program = new long[size];
    for (int at = 0; at < size; at++) {
      long operation = code[at] >>> 32;
      if (operation == JUMP_ALWAYS) {
        program[at] = operation << 48 | (places[trueLabel[at] >>> 16] - at - 1);
        continue;
      }
      long jumps = distance(at, trueLabel[at] >>> 16) << 8 | distance(at, trueLabel[at] & 0xFFFF);
      program[at] = operation << 48 | jumps << 32 | (code[at] & 0xFFFFFFFFL);
    }
    return tooLong ? null : program;
  }

  private long distance(int at, int label) {
    if (label == NEXT) {
      return 0;
    }
    int distance = places[label] - at - 1;
    tooLong |= distance < 0 || distance > FARTHEST;
    return distance & FARTHEST;
  }
}
