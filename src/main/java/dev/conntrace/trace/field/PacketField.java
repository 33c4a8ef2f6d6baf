package dev.conntrace.trace.field;

import dev.conntrace.trace.Annotation;
import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.SegmentFacts;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.wire.TcpFlags;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a packet's record, in the order of the record. */
public enum PacketField implements RecordField {
  FRAME("frame", FieldType.NUMBER),
  SOURCE_FILE("source_file", FieldType.TEXT),
  SOURCE_FRAME("source_frame", FieldType.NUMBER),
  TIME("time", FieldType.TIME),
  CONNECTION("connection", FieldType.NUMBER),
  FROM("from", Words.SIDE),
  SRC("src", FieldType.ADDRESS),
  DST("dst", FieldType.ADDRESS),
  FLAGS("flags", FieldType.FLAGS),
  SEQ("seq", FieldType.NUMBER),
  ACK("ack", FieldType.NUMBER),
  SEQ_REL("seq_rel", FieldType.NUMBER),
  ACK_REL("ack_rel", FieldType.NUMBER),
  LEN("len", FieldType.NUMBER),
  WINDOW("window", FieldType.NUMBER),
  WINDOW_SCALE("window_scale", Words.WINDOW_SCALE),
  WINDOW_AT_LEAST("window_at_least", FieldType.NUMBER),
  ANNOTATIONS("annotations", Words.ANNOTATION),
  NOTES_ANNOTATION("notes.annotation", Words.ANNOTATION),
  NOTES_RULE("notes.rule", FieldType.TEXT),
  NOTES_TEXT("notes.text", FieldType.TEXT),
  NOTES_EVIDENCE("notes.evidence", FieldType.NUMBER),
  NOTES_CONFIDENCE("notes.confidence", Words.CONFIDENCE),
  NOTES_ALTERNATIVE("notes.alternative", Words.ANNOTATION),
  NOTES_DOUBT("notes.doubt", Words.PROBLEM),
  CLIENT_STATE("client_state", Words.STATE),
  SERVER_STATE("server_state", Words.STATE),
  INTERFACE("interface", FieldType.TEXT),
  COMMENT("comment", FieldType.TEXT),
  FRAGMENTS("fragments", FieldType.NUMBER),
  ACKS_SEGMENTS("acks.segments", FieldType.NUMBER),
  ACKS_IS_LEAST("acks.is_least", FieldType.TRUTH),
  ACKS_BYTES("acks.bytes", FieldType.NUMBER),
  ACKS_UNSEEN_BYTES("acks.unseen_bytes", FieldType.NUMBER),
  ACKS_FIRST_FRAME("acks.first_frame", FieldType.NUMBER),
  ACKS_LAST_FRAME("acks.last_frame", FieldType.NUMBER),
  ACKS_PARTLY_FRAME("acks.partly_frame", FieldType.NUMBER),
  ACKS_RESENT("acks.resent", FieldType.NUMBER),
  ACKS_WAITED("acks.waited", FieldType.DURATION),
  ACKS_NEWEST_WAITED("acks.newest_waited", FieldType.DURATION);

  private static final PacketField[] ALL = values();

  private final String id;
  private final FieldType type;
  private final Words words;

  PacketField(String id, FieldType type) {
    this(id, type, Words.NONE);
  }

  PacketField(String id, Words words) {
    this(id, FieldType.WORD, words);
  }

  PacketField(String id, FieldType type, Words words) {
    this.id = id;
    this.type = type;
    this.words = words;
  }

  /** Returns the field of this name, or null if there is none. */
  public static @Nullable PacketField ofId(String id) {
    return RecordField.named(ALL, id);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public FieldType type() {
    return type;
  }

  @Override
  public boolean isList() {
    return switch (this) {
      case ANNOTATIONS,
          NOTES_ANNOTATION,
          NOTES_RULE,
          NOTES_TEXT,
          NOTES_EVIDENCE,
          NOTES_CONFIDENCE,
          NOTES_ALTERNATIVE,
          NOTES_DOUBT,
          FRAGMENTS ->
          true;
      default -> false;
    };
  }

  @Override
  public List<String> words() {
    return words.all();
  }

  /** Returns the field's value, of the class that its type names; null where it is absent. */
  public @Nullable Object of(SegmentSeen event) {
    SegmentFacts segment = event.segment();
    boolean acks = segment.has(TcpFlags.ACK);
    return switch (this) {
      case FRAME -> segment.frame();
      case SOURCE_FILE -> segment.source() == null ? null : segment.source().file();
      case SOURCE_FRAME -> segment.source() == null ? null : segment.source().frame();
      case TIME -> segment.hasTimestamp() ? segment.timestampNanos() : null;
      case CONNECTION -> (long) event.connection();
      case FROM -> segment.from().id();
      case SRC -> event.key().of(segment.from());
      case DST -> event.key().of(segment.from().opposite());
      case FLAGS -> TcpFlags.letters(segment.flags());
      case SEQ -> Integer.toUnsignedLong(segment.seq());
      case ACK -> acks ? Integer.toUnsignedLong(segment.ack()) : null;
      case SEQ_REL -> segment.seqRel();
      case ACK_REL -> acks ? segment.ackRel() : null;
      case LEN -> (long) segment.length();
      case WINDOW -> segment.windowBytes();
      case WINDOW_SCALE -> segment.windowScaleKnown() ? null : "unknown";
      case WINDOW_AT_LEAST -> windowAtLeast(segment);
      case ANNOTATIONS -> kinds(event.annotations());
      case CLIENT_STATE -> event.clientState().name();
      case SERVER_STATE -> event.serverState().name();
      case INTERFACE -> segment.notes().oneOfSeveral() ? segment.notes().interfaceName() : null;
      case COMMENT -> segment.notes().comment().isEmpty() ? null : segment.notes().comment();
      case FRAGMENTS -> segment.fragments().isEmpty() ? null : segment.fragments();
      case NOTES_ANNOTATION,
          NOTES_RULE,
          NOTES_TEXT,
          NOTES_EVIDENCE,
          NOTES_CONFIDENCE,
          NOTES_ALTERNATIVE,
          NOTES_DOUBT ->
          ofNotes(event);
      default -> CoverageValues.of(this, event.acks());
    };
  }

  private static @Nullable Long windowAtLeast(SegmentFacts segment) {
    boolean proven =
        !segment.windowScaleKnown() && segment.leastWindowBytes() > segment.windowBytes();
    return proven ? segment.leastWindowBytes() : null;
  }

  /** Two verdicts of one kind are two notes on one annotation. */
  private static List<String> kinds(List<Annotation> annotations) {
    if (annotations.isEmpty()) {
      return List.of();
    }
    List<String> ids = new ArrayList<>(annotations.size());
    for (Annotation annotation : annotations) {
      String id = annotation.kind().id();
      if (!ids.contains(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  private List<Object> ofNotes(SegmentSeen event) {
    List<Object> values = new ArrayList<>(event.annotations().size());
    for (Annotation note : event.annotations()) {
      if (this == NOTES_EVIDENCE) {
        values.addAll(note.evidence());
        continue;
      }
      Object value = of(note, event.segment());
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /**
   * Returns what one note holds of a field of notes; null where it is absent there, or the field is
   * another.
   */
  public @Nullable Object of(Annotation note, SegmentFacts segment) {
    return switch (this) {
      case NOTES_ANNOTATION -> note.kind().id();
      case NOTES_RULE -> note.rule().id();
      case NOTES_TEXT -> note.text(segment);
      case NOTES_EVIDENCE -> note.evidence();
      case NOTES_CONFIDENCE -> note.confidence().id();
      case NOTES_ALTERNATIVE -> {
        AnnotationKind alternative = note.alternative();
        yield alternative == null ? null : alternative.id();
      }
      case NOTES_DOUBT -> note.doubt() == null ? null : note.doubt().id();
      default -> null;
    };
  }
}
