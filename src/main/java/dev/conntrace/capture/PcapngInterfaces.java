package dev.conntrace.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The interfaces of the current pcapng section by id, and what remains of earlier sections' ones.
 */
final class PcapngInterfaces {
  /** Some hundred megabytes of memory at most, were all of them used. */
  static final int MAX_IN_SECTION = 1 << 20;

  private static final long MAX_DROPPED = Long.MAX_VALUE / 2;

  private static final int MAX_DROP_INTERVALS = 1024;

  private final List<LossyFrames> drops = new ArrayList<>();
  private PcapngInterface[] bySectionId = new PcapngInterface[4];
  private int inSection;
  private int inEarlierSections;
  private long droppedPackets;

  /** Forgets the interfaces: ids start at 0 again, indexes and drop counts go on. */
  void startSection() {
    inEarlierSections += inSection;
    inSection = 0;
  }

  /** Gives an interface the section's next id; false if the section has too many. */
  boolean add(PcapngInterface described) {
    if (inSection == MAX_IN_SECTION) {
      return false;
    }
    if (inSection == bySectionId.length) {
      bySectionId = Arrays.copyOf(bySectionId, 2 * inSection);
    }
    bySectionId[inSection++] = described;
    return true;
  }

  /** Returns the interface with an id in this section, taken as unsigned; null if there is none. */
  @Nullable PcapngInterface get(int id) {
    return Integer.compareUnsigned(id, inSection) < 0 ? bySectionId[id] : null;
  }

  /** Returns how many interfaces this section has so far. */
  int inSection() {
    return inSection;
  }

  /** Returns the index in the whole capture of the interface with an id in this section. */
  int indexOf(int id) {
    return inEarlierSections + id;
  }

  /** Returns what to say of a packet of the interface with an id in this section. */
  PacketNotes notesOf(int id, String comment) {
    int index = indexOf(id);
    return bySectionId[id].notes(index, inEarlierSections + inSection > 1, comment);
  }

  /** Takes over the drop counts of a statistics block that stands behind a frame. */
  void takeStatistics(PcapngInterface about, PcapngOptions options, long frame) {
    long before = about.droppedPackets();
    about.takeStatistics(options);
    droppedPackets = Math.min(droppedPackets - before + about.droppedPackets(), MAX_DROPPED);
    if (about.droppedPackets() > before) {
      addDrops(about.countedUpTo(), frame);
    }
    about.countFrom(frame);
  }

  /** Too many are made one, which only doubts more. */
  private void addDrops(long after, long upTo) {
    int last = drops.size() - 1;
    if (drops.size() == MAX_DROP_INTERVALS) {
      drops.set(last, new LossyFrames(Math.min(drops.get(last).afterFrame(), after), upTo));
    } else {
      drops.add(new LossyFrames(after, upTo));
    }
  }

  /** Returns between which frames packets were dropped, by the statistics so far. */
  List<LossyFrames> drops() {
    return List.copyOf(drops);
  }

  /** Returns the latest drop counts of all interfaces of all sections, added up. */
  long droppedPackets() {
    return droppedPackets;
  }
}
