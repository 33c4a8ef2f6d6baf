package dev.conntrace.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.conntrace.capture.GrowthListener;
import dev.conntrace.capture.Packet;
import dev.conntrace.capture.live.LiveSource;
import org.junit.jupiter.api.Test;

/** When a live capture ends. */
class LiveInputTest {
  private static final long HALF_A_SECOND = 500_000_000;

  /** An interface on which nothing ever comes. */
  private static final class Silence implements LiveSource {
    private boolean stopped;
    private GrowthListener listener;

    @Override
    public boolean next(Packet packet) {
      listener.onWaiting();
      return false;
    }

    @Override
    public void tellGrowth(GrowthListener growth) {
      listener = growth;
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public int linkType() {
      return 1;
    }

    @Override
    public String format() {
      return "silence";
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public long droppedPackets() {
      return 0;
    }

    @Override
    public long receivedPackets() {
      return 0;
    }

    @Override
    public void close() {}
  }

  /** A demo says so when its last call is made: the packets of that call are still to come. */
  @Test
  void waitsForWhatIsOnItsWayWhenItIsToldToEndInSilence() throws Exception {
    Silence silence = new Silence();
    LiveInput input = new LiveInput("live", silence, null, () -> {});
    input.tellGrowth(
        new GrowthListener() {
          @Override
          public void onQuiet() {}

          @Override
          public void onBusy() {}
        });
    Thread.sleep(600);
    input.endWhenIdle(HALF_A_SECOND);
    input.next(new Packet());
    assertFalse(silence.stopped, "the silence before does not count");
    Thread.sleep(600);
    input.next(new Packet());
    assertTrue(silence.stopped);
  }
}
