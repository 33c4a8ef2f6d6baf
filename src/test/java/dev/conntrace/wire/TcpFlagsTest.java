package dev.conntrace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TcpFlagsTest {
  @Test
  void writesLettersInTheirFixedOrder() {
    assertEquals("", TcpFlags.letters(0));
    assertEquals("SA", TcpFlags.letters(TcpFlags.ACK | TcpFlags.SYN));
    assertEquals("FSRPAUECN", TcpFlags.letters(0x1FF));
  }

  @Test
  void writesNamesAsAReaderExpects() {
    assertEquals("none", TcpFlags.names(0));
    assertEquals("SYN,ACK", TcpFlags.names(TcpFlags.ACK | TcpFlags.SYN));
    assertEquals("FIN,ACK", TcpFlags.names(TcpFlags.ACK | TcpFlags.FIN));
  }
}
