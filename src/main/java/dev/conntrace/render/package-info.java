/**
 * Results made readable: the text timeline, tables and explanations for people, NDJSON for
 * programs.
 *
 * <p>May import {@code trace}, {@code stream} and {@code wire} (for the flag bits). Nothing here
 * decides anything: what a segment means is in its annotations, and this package says it.
 * Everything that comes from the wire or from a file name is shown through {@link
 * dev.conntrace.render.Escaped}. Jackson is loaded by {@link dev.conntrace.render.NdjsonRecords}
 * alone, because starting it costs more than reading a small capture. Start reading at {@link
 * dev.conntrace.render.TimelineText}.
 */
@NullMarked
package dev.conntrace.render;

import org.jspecify.annotations.NullMarked;
