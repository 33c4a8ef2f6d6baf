package dev.conntrace.render;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.field.ConnectionField;
import dev.conntrace.trace.field.PacketField;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Writes records as CSV: a header line, then one line a record, columns as the fields of the
 * records in their order, after {@code file}.
 *
 * <p>A list is one cell, its values parted by semicolons. Fields of notes have a value for each
 * note, empty where the note has none; frames of evidence of one note are parted by blanks, and the
 * sentences of {@code notes.text}, which hold semicolons themselves, by {@code |}. Counted words,
 * which are objects in other records, are {@code word=count}. What is absent is an empty cell.
 */
public final class CsvRecords {
  private static final PacketField[] PACKET_FIELDS = PacketField.values();
  private static final ConnectionField[] CONNECTION_FIELDS = ConnectionField.values();

  private final CsvLine line;

  /** Writes to {@code out}. */
  public CsvRecords(Appendable out) {
    this.line = new CsvLine(out);
  }

  /** Writes the header of {@link #packet}. */
  public void packetHeader() throws IOException {
    line.text("file");
    for (PacketField field : PACKET_FIELDS) {
      line.text(field.id());
    }
    line.end();
  }

  /** Writes a segment's record. */
  public void packet(String file, SegmentSeen event) throws IOException {
    line.text(file);
    for (PacketField field : PACKET_FIELDS) {
      if (isOfNotes(field)) {
        line.plain(ofNotes(field, event));
      } else {
        line.value(field.type(), field.of(event));
      }
    }
    line.end();
  }

  /** Writes the header of {@link #connection}. */
  public void connectionHeader() throws IOException {
    line.text("file");
    for (ConnectionField field : CONNECTION_FIELDS) {
      switch (field) {
        case QUALITY_ID -> line.text("capture_quality");
        case QUALITY_COUNT, QUALITY_FRAMES, QUALITY_TEXT -> {}
        default -> line.text(field.id());
      }
    }
    line.end();
  }

  /** Writes a connection's record. */
  public void connection(String file, ConnectionReport report) throws IOException {
    line.text(file);
    for (ConnectionField field : CONNECTION_FIELDS) {
      switch (field) {
        case ANNOTATIONS -> line.plain(counts(report.annotations()));
        case QUALITY_ID -> line.plain(counts(report.quality()));
        case QUALITY_COUNT, QUALITY_FRAMES, QUALITY_TEXT -> {}
        default -> line.value(field.type(), field.of(report));
      }
    }
    line.end();
  }

  private static boolean isOfNotes(PacketField field) {
    return switch (field) {
      case NOTES_ANNOTATION,
          NOTES_RULE,
          NOTES_TEXT,
          NOTES_EVIDENCE,
          NOTES_CONFIDENCE,
          NOTES_ALTERNATIVE,
          NOTES_DOUBT ->
          true;
      default -> false;
    };
  }

  private static String ofNotes(PacketField field, SegmentSeen event) {
    StringBuilder cell = new StringBuilder();
    String separator = "";
    for (Annotation note : event.annotations()) {
      cell.append(separator);
      separator = field == PacketField.NOTES_TEXT ? " | " : ";";
      Object value = field.of(note, event.segment());
      if (value instanceof List<?> frames) {
        for (int i = 0; i < frames.size(); i++) {
          cell.append(i == 0 ? "" : " ").append(frames.get(i));
        }
      } else if (value != null) {
        cell.append(value);
      }
    }
    return cell.toString();
  }

  private static String counts(Map<AnnotationKind, Long> annotations) {
    StringBuilder cell = new StringBuilder();
    for (Map.Entry<AnnotationKind, Long> entry : annotations.entrySet()) {
      count(cell, entry.getKey().id(), entry.getValue());
    }
    return cell.toString();
  }

  private static String counts(List<CaptureQuality> found) {
    StringBuilder cell = new StringBuilder();
    for (CaptureQuality quality : found) {
      count(cell, quality.problem().id(), quality.count());
    }
    return cell.toString();
  }

  private static void count(StringBuilder cell, String word, long count) {
    cell.append(cell.length() == 0 ? "" : ";").append(word).append('=').append(count);
  }
}
