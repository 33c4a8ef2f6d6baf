package dev.conntrace.capture;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One file of a merged capture: whence it comes, where it stands, what became of it. */
final class MergedFile implements Comparable<MergedFile> {
  /** No file describes more interfaces than that in one section. */
  private static final int MAX_INTERFACES = PcapngInterfaces.MAX_IN_SECTION;

  private final MergeInput input;
  private final int place;
  private @Nullable ReorderWindow window;
  private long startNanos;
  private int[] interfaces = new int[0];
  private long bytesRead;
  private long droppedPackets;

  /**
   * Names the file without opening it.
   *
   * @param place its place among the files, which decides where times are equal
   */
  MergedFile(MergeInput input, int place) {
    this.input = input;
    this.place = place;
  }

  String name() {
    return input.name();
  }

  boolean canReopen() {
    return input.canReopen();
  }

  /**
   * Opens the file and looks at its first packets.
   *
   * @return whether it has any
   * @throws CaptureException if there is no such file, or it is no capture
   */
  boolean open() throws CaptureException {
    try {
      window = new ReorderWindow(input.open());
    } catch (CaptureException e) {
      throw e;
    } catch (IOException e) {
      throw new CaptureException(name(), "cannot be opened: " + e.getMessage());
    }
    return look();
  }

  private boolean look() {
    ReorderWindow open = window();
    boolean more = open.fill();
    bytesRead = open.source().bytesRead();
    droppedPackets = open.source().droppedPackets();
    if (more) {
      startNanos = open.timeNanos();
    }
    return more;
  }

  boolean isOpen() {
    return window != null;
  }

  /** Returns the file's open window. */
  ReorderWindow window() {
    ReorderWindow open = window;
    if (open == null) {
      throw new IllegalStateException(name() + " is not open");
    }
    return open;
  }

  /** Steps to the next packet; returns whether there is one. */
  boolean advance() {
    window().drop();
    return look();
  }

  /** Returns the time of the next packet, of the first while the file is closed. */
  long timeNanos() {
    return startNanos;
  }

  /** Returns how much of the file has been read, in bytes. */
  long bytesRead() {
    return bytesRead;
  }

  long droppedPackets() {
    return droppedPackets;
  }

  /**
   * Returns the index in the merged capture of one of the file's interfaces.
   *
   * @param index its index in the file
   * @param next the index that an interface gets that was not seen yet
   */
  int interfaceIndex(int index, int next) {
    int own = Math.min(index, MAX_INTERFACES - 1);
    if (own >= interfaces.length) {
      int known = interfaces.length;
      interfaces = Arrays.copyOf(interfaces, Math.max(own + 1, 2 * known));
      Arrays.fill(interfaces, known, interfaces.length, -1);
    }
    if (interfaces[own] < 0) {
      interfaces[own] = next;
    }
    return interfaces[own];
  }

  /** Closes the file, which may be opened again if it {@linkplain #canReopen can}. */
  void close() throws IOException {
    ReorderWindow open = window;
    window = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public int compareTo(MergedFile other) {
    int byTime = Long.compare(startNanos, other.startNanos);
    return byTime != 0 ? byTime : Integer.compare(place, other.place);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return place;
  }
}
