package dev.conntrace.cli;

import dev.conntrace.capture.Packet;
import dev.conntrace.capture.PacketSource;
import dev.conntrace.trace.Ownership;
import java.io.Closeable;
import java.io.IOException;

/** Takes what a command and its children said out of all that was captured while it ran. */
final class RunPackets implements Closeable {
  private final Spool copies;
  private final long packets;

  private RunPackets(Spool copies, long packets) {
    this.copies = copies;
    this.packets = packets;
  }

  /**
   * Copies the packets of every connection that is the command's, or may be.
   *
   * @return the copies; to be closed by the caller
   */
  static RunPackets of(Spool everything, RunSupervisor command, int linkType, Session session)
      throws IOException {
    // Closing what is named closes what it is kept in, which is not ours to close.
    NamedCapture captured = NamedCapture.kept("run", everything, session);
    FrameCollector own =
        new FrameCollector(report -> command.of(report.key()).kind() != Ownership.Kind.FOREIGN);
    captured.trace(own, false);
    Spool copies = Spool.empty();
    LiveRecording recording = LiveRecording.into(copies, linkType);
    Packet packet = new Packet();
    long dropped = 0;
    try (PacketSource source = captured.open(false)) {
      while (source.next(packet)) {
        if (!own.frames().contains(packet.frame())) {
          continue;
        }
        if (source.droppedPackets() > dropped) {
          dropped = source.droppedPackets();
          recording.loss(packet.frame() + dropped, dropped);
        }
        recording.write(packet);
      }
      recording.finish(packet.frame() + source.droppedPackets(), source.droppedPackets());
    }
    return new RunPackets(copies, own.frames().size());
  }

  /** Returns whether there was none. */
  boolean isEmpty() {
    return packets == 0;
  }

  /** Returns the copies under a name. */
  NamedCapture named(String name, Session session) {
    return NamedCapture.kept(name, copies, session);
  }

  @Override
  public void close() throws IOException {
    copies.close();
  }
}
