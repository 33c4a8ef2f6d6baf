/**
 * The findings: what each segment means, one class a subject, behind {@code flow}'s {@code
 * SegmentAnalyzer}.
 *
 * <p>May import {@code flow}, {@code decode}, {@code trace}, {@code wire}. An analyzer sees a
 * segment before its endpoints have changed, keeps no state of its own, and allocates nothing.
 * {@link dev.conntrace.analysis.Analyzers} lists them in the order in which they speak; later ones
 * see what earlier ones said.
 */
@NullMarked
package dev.conntrace.analysis;

import org.jspecify.annotations.NullMarked;
