package dev.conntrace.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where results go: standard output as UTF-8, through a pager if one is wanted. The pager starts
 * with the first character, so that nothing else has to share the terminal with it.
 *
 * <p>Throws {@link OutputFailure} where the stream fails, whoever stands between.
 */
final class Output extends Writer {
  private static final int BUFFER_CHARS = 32 * 1024;

  private final OutputStream out;
  private final @Nullable String pagerCommand;
  private @Nullable Pager pager;
  private @Nullable Writer writer;

  /**
   * Prepares to write.
   *
   * @param pagerCommand the pager to start; null for none
   */
  Output(OutputStream out, @Nullable String pagerCommand) {
    this.out = out;
    this.pagerCommand = pagerCommand;
  }

  @Override
  public void write(char[] text, int start, int length) {
    try {
      target().write(text, start, length);
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  @Override
  public void write(String text, int start, int length) {
    try {
      target().write(text, start, length);
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  @Override
  public void write(String text) {
    write(text, 0, text.length());
  }

  @Override
  public void write(int character) {
    try {
      target().write(character);
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  @Override
  public void flush() {
    try {
      if (writer != null) {
        writer.flush();
      }
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  /** Hands everything out and, where there is a pager, waits until the reader has left it. */
  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw new OutputFailure(e);
    } finally {
      if (pager != null) {
        pager.await();
      }
    }
  }

  private Writer target() throws IOException {
    Writer open = writer;
    if (open == null) {
      OutputStream stream = out;
      if (pagerCommand != null) {
        pager = Pager.start(pagerCommand);
        stream = pager.input();
      }
      open =
          new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), BUFFER_CHARS);
      writer = open;
    }
    return open;
  }
}
