package dev.conntrace.scenario.fifty;

/** How most scenarios begin: frames 1 to 3, with everything that must be said of them. */
final class Beginning {
  /** Captured halfway: 10 ms to each side. */
  static final String HALFWAY =
      """
      +0    > S  0:0(0) <mss 1460,sackOK,wscale 7>        | SYN_SENT UNKNOWN | syn
      +.010 < S. 0:0(0) ack 1 <mss 1460,sackOK,wscale 7>  | SYN_SENT SYN_RECEIVED | syn-ack
      +.010 > .  1:1(0) ack 1                             | ESTABLISHED ESTABLISHED | handshake-complete
      """;

  /** Captured at the client, which will send; the server is 40 ms away and back. */
  static final String AT_SENDER =
      """
      +0       > S  0:0(0) <mss 1000,sackOK,wscale 7>        | SYN_SENT UNKNOWN | syn
      +.040    < S. 0:0(0) ack 1 <mss 1000,sackOK,wscale 7>  | SYN_SENT SYN_RECEIVED | syn-ack
      +.000050 > .  1:1(0) ack 1                             | ESTABLISHED ESTABLISHED | handshake-complete
      """;

  /** The same, captured at the server, which will receive. */
  static final String AT_RECEIVER =
      """
      +0       > S  0:0(0) <mss 1000,sackOK,wscale 7>        | SYN_SENT UNKNOWN | syn
      +.000050 < S. 0:0(0) ack 1 <mss 1000,sackOK,wscale 7>  | SYN_SENT SYN_RECEIVED | syn-ack
      +.040    > .  1:1(0) ack 1                             | ESTABLISHED ESTABLISHED | handshake-complete
      """;

  /** A whole connection of eight frames, halfway. */
  static final String TALK =
      HALFWAY
          + """
      +.1   > P. 1:1001(1000) ack 1
      +.010 < .  1:1(0) ack 1001
      +.1   > F. 1001:1001(0) ack 1    | FIN_WAIT_1 ESTABLISHED  | fin
      +.010 < F. 1:1(0) ack 1002       | FIN_WAIT_2 LAST_ACK     | fin fin-acked
      +.010 > .  1002:1002(0) ack 2    | TIME_WAIT CLOSED        | fin-acked close-complete time-wait
      end three-way three-segment first client wait client
      """;

  private Beginning() {}
}
