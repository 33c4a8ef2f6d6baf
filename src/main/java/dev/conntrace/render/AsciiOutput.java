package dev.conntrace.render;

import java.io.IOException;

/**
 * A writer that also takes ASCII as the bytes that it is: records are nothing else, and encoding
 * them would cost as much as making them.
 */
public interface AsciiOutput {
  /** Writes {@code length} bytes from the first, behind everything written before. */
  void writeAscii(byte[] text, int length) throws IOException;
}
