package dev.conntrace.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several files read as one capture, in order of time: a set that was rotated while it was written,
 * or what was captured on several interfaces. Where times are equal, the file that was named first
 * comes first.
 *
 * <p>Each file is expected to be in order but for what a {@link ReorderWindow} sorts. Link types,
 * formats and resolutions may differ. A file is opened when its time has come, so that a rotated
 * set may have any number of files.
 *
 * <p>Damage, or a file that is missing, does not keep the others from being read; it is thrown at
 * the end. What is wrong with further files hangs on it as {@linkplain Throwable#getSuppressed
 * suppressed} exceptions.
 */
public final class MergedSource implements PacketSource {
  /** How many files may hold packets of the same time. */
  public static final int MAX_OPEN = 128;

  /** So few files are simply kept open. */
  private static final int FEW = 16;

  private final PriorityQueue<MergedFile> waiting = new PriorityQueue<>();
  private final PriorityQueue<MergedFile> open = new PriorityQueue<>();
  private final Set<String> formats = new LinkedHashSet<>();
  private final List<CaptureException> faults = new ArrayList<>();
  private final MergedTexts texts = new MergedTexts();
  private final int files;
  private @Nullable MergedFile current;
  private long frames;
  private int interfaces;
  private long bytesRead;
  private long droppedPackets;

  /**
   * Looks at the first packets of each file, to learn when it begins. Files that cannot be read are
   * told of at the end.
   *
   * @param inputs the files, in the order that decides where times are equal
   * @throws CaptureException if not one of them can be read
   */
  public MergedSource(List<? extends MergeInput> inputs) throws IOException {
    files = inputs.size();
    try {
      for (int i = 0; i < files; i++) {
        lookAt(new MergedFile(inputs.get(i), i));
      }
      if (formats.isEmpty()) {
        throwFaults();
      }
    } catch (RuntimeException | IOException e) {
      close();
      throw e;
    }
  }

  private void lookAt(MergedFile file) throws IOException {
    boolean hasPackets = false;
    try {
      hasPackets = file.open();
      formats.add(file.window().source().format());
    } catch (CaptureException e) {
      faults.add(e);
    }
    if (!hasPackets) {
      finish(file);
    } else if (files <= FEW || !file.canReopen()) {
      count(file, 0, 0);
      open.add(file);
    } else {
      file.close();
      waiting.add(file);
    }
  }

  @Override
  public boolean next(Packet packet) throws CaptureException {
    stepOn();
    openDue();
    MergedFile file = open.poll();
    if (file == null) {
      throwFaults();
      return false;
    }
    current = file;
    Packet own = file.window().packet();
    int index = file.interfaceIndex(own.interfaceIndex(), interfaces);
    interfaces = Math.max(interfaces, index + 1);
    packet.set(own.bytes(), own.offset(), own.capturedLength(), own.originalLength());
    packet.describe(++frames, own.timestampNanos(), own.linkType(), index);
    packet.annotate(own.notes());
    packet.comesFrom(file.name(), own.frame());
    return true;
  }

  /** The last packet was lent out until now. */
  private void stepOn() {
    MergedFile file = current;
    if (file == null) {
      return;
    }
    current = null;
    long bytesBefore = file.bytesRead();
    long droppedBefore = file.droppedPackets();
    boolean more = file.advance();
    count(file, bytesBefore, droppedBefore);
    if (more) {
      open.add(file);
    } else {
      finish(file);
    }
  }

  private void count(MergedFile file, long bytesBefore, long droppedBefore) {
    bytesRead += file.bytesRead() - bytesBefore;
    droppedPackets += file.droppedPackets() - droppedBefore;
  }

  private void openDue() {
    while (isDue(waiting.peek())) {
      MergedFile file = waiting.remove();
      if (open.size() >= MAX_OPEN) {
        faults.add(
            new CaptureException(
                file.name(),
                "left out: "
                    + MAX_OPEN
                    + " other files hold packets of the same time, and no more are read at once;"
                    + " merge some of them first, with mergecap"));
        continue;
      }
      try {
        boolean more = file.open();
        count(file, 0, 0);
        if (more) {
          open.add(file);
        } else {
          finish(file);
        }
      } catch (CaptureException e) {
        faults.add(e);
      }
    }
  }

  private boolean isDue(@Nullable MergedFile file) {
    MergedFile earliest = open.peek();
    return file != null && (earliest == null || file.compareTo(earliest) < 0);
  }

  /** Takes note of why the file ended, and closes it. */
  private void finish(MergedFile file) {
    try {
      if (file.isOpen()) {
        CaptureException damage = file.window().damage();
        if (damage != null) {
          faults.add(damage);
        }
        texts.add(file.window().source().texts());
      }
      file.close();
    } catch (IOException e) {
      faults.add(new CaptureException(file.name(), "cannot be closed: " + e.getMessage()));
    }
  }

  private void throwFaults() throws CaptureException {
    if (faults.isEmpty()) {
      return;
    }
    CaptureException first = faults.get(0);
    for (CaptureException other : faults.subList(1, faults.size())) {
      first.addSuppressed(other);
    }
    faults.subList(1, faults.size()).clear();
    throw first;
  }

  @Override
  public String format() {
    String words = files + (files == 1 ? " file" : " files") + " merged";
    return formats.isEmpty() ? words : words + ": " + String.join("; ", formats);
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public long droppedPackets() {
    return droppedPackets;
  }

  @Override
  public CaptureTexts texts() {
    return texts.all();
  }

  @Override
  public void close() throws IOException {
    MergedFile lent = current;
    if (lent != null) {
      open.add(lent);
      current = null;
    }
    IOException failure = null;
    for (MergedFile file : open) {
      try {
        file.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    open.clear();
    waiting.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
