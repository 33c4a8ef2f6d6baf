/**
 * The vocabulary of results: who talks to whom, what was seen, what it means, and the events that
 * carry it to whoever prints, checks or stores it.
 *
 * <p>May import {@code wire}. Events are closed (a sealed handful), findings are open: a new one is
 * a constant of {@link dev.conntrace.trace.AnnotationKind} and a {@link dev.conntrace.trace.Rule}
 * of its analyzer, and no renderer changes. All types are immutable values but {@link
 * dev.conntrace.trace.SegmentPayload}, which is a borrowed view. Start reading at {@link
 * dev.conntrace.trace.TraceSink}.
 */
@NullMarked
package dev.conntrace.trace;

import org.jspecify.annotations.NullMarked;
