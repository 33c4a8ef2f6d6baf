package dev.conntrace.render;

import dev.conntrace.trace.Ownership;
import dev.conntrace.trace.SocketOwner;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says which processes a connection belongs to. */
public final class OwnershipText {
  private final Appendable out;
  private final Layout layout;

  /** Prints to {@code out} in the given layout. */
  public OwnershipText(Appendable out, Layout layout) {
    this.out = out;
    this.layout = layout;
  }

  /** Prints the heading of a list of owners. */
  public void begin() throws IOException {
    out.append('\n').append(layout.palette().paint(Meaning.TITLE, "Owners")).append('\n');
  }

  /** Prints whose a connection is, in one line. */
  public void print(int connection, Ownership ownership) throws IOException {
    Prose prose = new Prose().add("connection " + connection + "  ");
    if (ownership.kind() == Ownership.Kind.UNKNOWN) {
      prose
          .add(Meaning.WARNING, "owner unknown")
          .add(": over before its socket could be looked at, or not to be seen by this user");
    } else {
      add(prose, Meaning.CLIENT, "client", ownership.client());
      add(
          prose.add(ownership.client() != null && ownership.server() != null ? ", " : ""),
          Meaning.SERVER,
          "server",
          ownership.server());
    }
    Line line = new Line(layout.palette());
    prose.printTo(out, line, 2, layout.width());
  }

  private static void add(Prose prose, Meaning meaning, String side, @Nullable SocketOwner owner) {
    if (owner != null) {
      prose.add(meaning, side + " " + Escaped.text(owner.command()) + "[" + owner.pid() + "]");
    }
  }
}
