package dev.conntrace.capture;

import org.jspecify.annotations.Nullable;

/**
 * A borrowed view of one packet record, refilled for each packet and valid only until the next one.
 * Keep something? Copy it.
 *
 * <p>The bytes are {@code bytes()[offset()]} to {@code bytes()[offset() + capturedLength() - 1]} of
 * an array that belongs to the source.
 */
public final class Packet {
  /** Stands for a timestamp that the capture does not have (pcapng simple packet blocks). */
  public static final long NO_TIMESTAMP = Long.MIN_VALUE;

  private byte[] bytes = new byte[0];
  private int offset;
  private int capturedLength;
  private long originalLength;
  private long timestampNanos = NO_TIMESTAMP;
  private int linkType;
  private int interfaceIndex;
  private long frame;
  private @Nullable String sourceFile;
  private long sourceFrame;
  private @Nullable PacketNotes notes;

  /**
   * Lays this view over the next record.
   *
   * @param bytes the array that holds the captured bytes
   * @param offset index of the first captured byte
   * @param capturedLength how many bytes were captured, 0 or more, all of them inside the array
   * @param originalLength how long the packet was on the wire, in bytes, as the capture states it
   *     (hostile: any value from 0 to 2^32-1)
   */
  public void set(byte[] bytes, int offset, int capturedLength, long originalLength) {
    this.bytes = bytes;
    this.offset = offset;
    this.capturedLength = capturedLength;
    this.originalLength = originalLength;
  }

  /**
   * States where and when the record was taken.
   *
   * @param frame its number in the capture, from 1
   * @param timestampNanos nanoseconds since 1970, or {@link #NO_TIMESTAMP}
   * @param linkType the capture's link-layer type number (LINKTYPE_ registry)
   * @param interfaceIndex which interface of the capture, from 0
   */
  public void describe(long frame, long timestampNanos, int linkType, int interfaceIndex) {
    this.frame = frame;
    this.timestampNanos = timestampNanos;
    this.linkType = linkType;
    this.interfaceIndex = interfaceIndex;
    this.notes = null;
  }

  /** Adds what the capture says of the record beside that; to be called after {@link #describe}. */
  public void annotate(@Nullable PacketNotes said) {
    this.notes = said;
  }

  /**
   * States which file of a merged capture the record comes from.
   *
   * @param sourceFile the file's name; null where nothing was merged
   * @param sourceFrame the record's number in that file, from 1
   */
  public void comesFrom(@Nullable String sourceFile, long sourceFrame) {
    this.sourceFile = sourceFile;
    this.sourceFrame = sourceFrame;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int offset() {
    return offset;
  }

  public int capturedLength() {
    return capturedLength;
  }

  public long originalLength() {
    return originalLength;
  }

  public long timestampNanos() {
    return timestampNanos;
  }

  public int linkType() {
    return linkType;
  }

  public int interfaceIndex() {
    return interfaceIndex;
  }

  public long frame() {
    return frame;
  }

  /** Returns the file of a merged capture that the record comes from; null where none was. */
  public @Nullable String sourceFile() {
    return sourceFile;
  }

  /** Returns the record's number in {@link #sourceFile()}, from 1. */
  public long sourceFrame() {
    return sourceFrame;
  }

  /** Returns what else the capture says of the packet; null if nothing. */
  public @Nullable PacketNotes notes() {
    return notes;
  }
}
