package dev.conntrace.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Standard input that hands out the results so far before it waits for more packets. */
final class PromptInput extends FilterInputStream {
  private final Output output;

  PromptInput(InputStream in, Output output) {
    super(in);
    this.output = output;
  }

  @Override
  public int read() throws IOException {
    flushBeforeWaiting();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    flushBeforeWaiting();
    return super.read(bytes, start, length);
  }

  private void flushBeforeWaiting() throws IOException {
    if (in.available() == 0) {
      output.flush();
    }
  }
}
