package dev.conntrace.cli;

import dev.conntrace.render.AsciiOutput;
import java.io.BufferedOutputStream;
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
final class Output extends Writer implements AsciiOutput {
  private static final int BUFFER_CHARS = 32 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final OutputStream out;
  private final @Nullable String pagerCommand;
  private @Nullable Pager pager;
  private @Nullable OutputStream bytes;
  private @Nullable Writer writer;

  /** Whether some of the text has not reached the bytes yet. */
  private boolean textWaits;

  /**
   * Whether the stream has failed: what still waits is lost, and failing again says nothing new.
   */
  private boolean failed;

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
      throw failed(e);
    }
  }

  @Override
  public void write(String text, int start, int length) {
    try {
      target().write(text, start, length);
    } catch (IOException e) {
      throw failed(e);
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
      throw failed(e);
    }
  }

  @Override
  public void writeAscii(byte[] text, int length) {
    try {
      if (textWaits) {
        flush();
      }
      open().write(text, 0, length);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private OutputFailure failed(IOException failure) {
    failed = true;
    return new OutputFailure(failure);
  }

  @Override
  public void flush() {
    if (failed) {
      return;
    }
    try {
      if (writer != null) {
        writer.flush();
        textWaits = false;
      } else if (bytes != null) {
        bytes.flush();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Hands everything out and, where there is a pager, waits until the reader has left it. */
  @Override
  public void close() {
    try {
      if (failed) {
        return;
      }
      if (writer != null) {
        writer.close();
      } else if (bytes != null) {
        bytes.close();
      }
    } catch (IOException e) {
      throw failed(e);
    } finally {
      if (pager != null) {
        pager.await();
      }
    }
  }

  private Writer target() throws IOException {
    textWaits = true;
    Writer known = writer;
    if (known == null) {
      known =
          new BufferedWriter(new OutputStreamWriter(open(), StandardCharsets.UTF_8), BUFFER_CHARS);
      writer = known;
    }
    return known;
  }

  private OutputStream open() throws IOException {
    OutputStream known = bytes;
    if (known == null) {
      OutputStream stream = out;
      if (pagerCommand != null) {
        pager = Pager.start(pagerCommand);
        stream = pager.input();
      }
      known = new BufferedOutputStream(stream, BUFFER_BYTES);
      bytes = known;
    }
    return known;
  }
}
