package dev.conntrace.capture;

/**
 * The packets of a capture that is still being written. A record that is not whole yet is waited
 * for; where the file is stopped in the middle of one, the capture ends before it.
 */
public final class FollowedSource extends PassingSource {
  private final GrowingFile file;

  /**
   * Waits for the file header.
   *
   * @param name what messages call the file
   * @throws CaptureException if the file is no capture, or was stopped before its header was there
   */
  public FollowedSource(String name, GrowingFile file) throws CaptureException {
    super(CaptureFile.read(name, file));
    this.file = file;
  }

  @Override
  public boolean next(Packet packet) throws CaptureException {
    try {
      return super.next(packet);
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
}
