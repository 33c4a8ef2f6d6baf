package dev.conntrace.capture;

import org.jspecify.annotations.Nullable;

/**
 * One interface of a pcapng section: what its description says (draft-ietf-opsawg-pcapng 4.2), and
 * how many packets its latest statistics say were lost (4.6).
 */
final class PcapngInterface {
  private static final int NAME = 2;
  private static final int DESCRIPTION = 3;
  private static final int TIME_RESOLUTION = 9;
  private static final int TIME_OFFSET = 14;
  private static final int DEFAULT_RESOLUTION = 6;

  private static final int DROPPED_BY_INTERFACE = 5;
  private static final int DROPPED_BY_SYSTEM = 7;

  /** A count beyond this is none: it also keeps sums of many counts from overflowing. */
  private static final long MAX_DROPPED = 1L << 40;

  private final int linkType;
  private final long snapLength;
  private final InterfaceClock clock;
  private final String name;
  private final String description;
  private @Nullable PacketNotes notes;
  private long droppedByInterface;
  private long droppedBySystem;
  private long countedUpTo;

  private PcapngInterface(
      int linkType, long snapLength, InterfaceClock clock, String name, String description) {
    this.linkType = linkType;
    this.snapLength = snapLength;
    this.clock = clock;
    this.name = name;
    this.description = description;
  }

  /** Returns the interface that a description states; null if its options contradict themselves. */
  static @Nullable PcapngInterface describedBy(
      int linkType, long snapLength, PcapngOptions options, PcapngTexts texts) {
    int resolution = DEFAULT_RESOLUTION;
    long offsetSeconds = 0;
    String name = "";
    String description = "";
    while (options.next()) {
      if (options.code() == TIME_RESOLUTION) {
        if (options.length() != 1) {
          return null;
        }
        resolution = options.u8();
      } else if (options.code() == TIME_OFFSET) {
        if (options.length() != Long.BYTES) {
          return null;
        }
        offsetSeconds = options.i64();
      } else if (options.code() == NAME) {
        name = texts.ofInterface(options);
      } else if (options.code() == DESCRIPTION) {
        description = texts.ofInterface(options);
      }
    }
    if (options.isMalformed()) {
      return null;
    }
    InterfaceClock clock =
        resolution == DEFAULT_RESOLUTION && offsetSeconds == 0
            ? InterfaceClock.MICROSECONDS
            : InterfaceClock.of(resolution, offsetSeconds);
    return new PcapngInterface(linkType, snapLength, clock, name, description);
  }

  /**
   * Returns what there is to say of a packet.
   *
   * @param index the interface's, in the whole capture
   * @param several whether the capture has described others too
   * @param comment the packet's; empty if it has none
   */
  PacketNotes notes(int index, boolean several, String comment) {
    if (!comment.isEmpty()) {
      return new PacketNotes(comment, label(index, several), description, several);
    }
    PacketNotes known = notes;
    if (known == null || known.oneOfSeveral() != several) {
      known = new PacketNotes("", label(index, several), description, several);
      notes = known;
    }
    return known;
  }

  private String label(int index, boolean several) {
    return name.isEmpty() && several ? Integer.toString(index) : name;
  }

  /**
   * Takes over the drop counts of a statistics block; a later block's count replaces an earlier.
   */
  void takeStatistics(PcapngOptions options) {
    while (options.next()) {
      if (options.length() != Long.BYTES) {
        continue;
      }
      if (options.code() == DROPPED_BY_INTERFACE) {
        droppedByInterface = believable(options.i64());
      } else if (options.code() == DROPPED_BY_SYSTEM) {
        droppedBySystem = believable(options.i64());
      }
    }
  }

  /** Returns whether the options of a statistics block count any packet as dropped. */
  static boolean tellsOfDrops(PcapngOptions options) {
    while (options.next()) {
      boolean counts =
          options.code() == DROPPED_BY_INTERFACE || options.code() == DROPPED_BY_SYSTEM;
      if (counts && options.length() == Long.BYTES && believable(options.i64()) > 0) {
        return true;
      }
    }
    return false;
  }

  /** All ones stands for "not known" in files of dumpcap; other absurd values mean no more. */
  private static long believable(long count) {
    return count < 0 || count > MAX_DROPPED ? 0 : count;
  }

  /** Returns the link-layer type number, 0 to 65535. */
  int linkType() {
    return linkType;
  }

  /** Returns the most bytes kept of each packet; 0 if all were. */
  long snapLength() {
    return snapLength;
  }

  InterfaceClock clock() {
    return clock;
  }

  /** Returns the frame up to which the latest statistics count; 0 before there were any. */
  long countedUpTo() {
    return countedUpTo;
  }

  /** The next statistics count from behind this frame on. */
  void countFrom(long frame) {
    countedUpTo = frame;
  }

  /** Returns how many packets the interface and the system dropped, 0 where nothing says so. */
  long droppedPackets() {
    return droppedByInterface + droppedBySystem;
  }
}
