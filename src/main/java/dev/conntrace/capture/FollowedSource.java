package dev.conntrace.capture;

import java.io.IOException;

/**
 * The packets of a capture that is still being written. A record that is not whole yet is waited
 * for; where the file is stopped in the middle of one, the capture ends before it.
 */
public final class FollowedSource implements PacketSource {
  private final GrowingFile file;
  private final PacketSource source;

  /**
   * Waits for the file header.
   *
   * @param name what messages call the file
   * @throws CaptureException if the file is no capture, or was stopped before its header was there
   */
  public FollowedSource(String name, GrowingFile file) throws CaptureException {
    this.file = file;
    this.source = CaptureFile.read(name, file);
  }

  @Override
  public boolean next(Packet packet) throws CaptureException {
    try {
      return source.next(packet);
    } catch (CaptureException e) {
      if (file.hasEnded()) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void tellGrowth(GrowthListener listener) {
    file.setListener(listener);
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
  public CaptureTexts texts() {
    return source.texts();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
