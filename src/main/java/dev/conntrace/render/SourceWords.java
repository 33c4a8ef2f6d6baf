package dev.conntrace.render;

import dev.conntrace.trace.SourceFrame;
import org.jspecify.annotations.Nullable;

/** Says where a packet of a merged capture stands in its own file. */
final class SourceWords {
  private SourceWords() {}

  /** Adds {@code [b.pcap 17]}, the file without its folder; nothing where no files were merged. */
  static void addTo(Prose prose, @Nullable SourceFrame source) {
    if (source != null) {
      String file = source.file();
      String name = file.substring(file.lastIndexOf('/') + 1);
      prose.add(Meaning.DIM, " [" + Escaped.text(name) + " " + source.frame() + "]");
    }
  }
}
