/**
 * The fields of the records by name: what each holds, and how it is taken from a result. What asks
 * for a field by its name ({@code --where}) and what prints one column a field (CSV) both go by
 * these tables, so that they cannot differ from each other; tests hold them against the records.
 *
 * <p>Knows {@code trace} and {@code wire}. Start reading at {@link
 * dev.conntrace.trace.field.RecordField}.
 */
@NullMarked
package dev.conntrace.trace.field;

import org.jspecify.annotations.NullMarked;
