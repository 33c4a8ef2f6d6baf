package dev.conntrace.expect;

import dev.conntrace.script.Script;

/** Traces to hold expectations against. */
final class Recorded {
  /** The client asks ten bytes, the server answers four, the client closes first. */
  static final String QUESTION =
      Script.HANDSHAKE
          + """
            +.001 > P. 1:11(10) ack 1 "GET / 1.1."
            +.010 < P. 1:5(4) ack 11 "okay"
            +.001 > .  11:11(0) ack 5
            +.500 > F. 11:12(0) ack 5
            +.010 < F. 5:6(0) ack 12
            +.001 > .  12:12(0) ack 6
            """;

  private Recorded() {}

  static Trace of(String script) {
    return of(new Script(), script);
  }

  static Trace of(Script player, String script) {
    TraceRecorder recorder = new TraceRecorder("script", TraceBounds.DEFAULT.withPayload());
    player.play(script, recorder);
    return recorder.trace();
  }
}
