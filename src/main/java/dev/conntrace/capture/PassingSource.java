package dev.conntrace.capture;

import java.io.IOException;
import java.util.List;

/** Passes everything on from another source: the base of those that change or watch one thing. */
public abstract class PassingSource implements PacketSource {
  private final PacketSource source;

  /** Passes on what {@code source} yields, and closes it when this is closed. */
  protected PassingSource(PacketSource source) {
    this.source = source;
  }

  @Override
  public boolean next(Packet packet) throws CaptureException {
    return source.next(packet);
  }

  @Override
  public void tellGrowth(GrowthListener listener) {
    source.tellGrowth(listener);
  }

  @Override
  public String format() {
    return source.format();
  }

  @Override
  public long bytesRead() {
    return source.bytesRead();
  }

  @Override
  public long droppedPackets() {
    return source.droppedPackets();
  }

  @Override
  public boolean mayLackPackets() {
    return source.mayLackPackets();
  }

  @Override
  public List<LossyFrames> drops() {
    return source.drops();
  }

  @Override
  public CaptureTexts texts() {
    return source.texts();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
