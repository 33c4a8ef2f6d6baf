package dev.conntrace.trace.field;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.CapturePoint;
import dev.conntrace.trace.CaptureQuality;
import dev.conntrace.trace.Closed;
import dev.conntrace.trace.Confidence;
import dev.conntrace.trace.CongestionReport;
import dev.conntrace.trace.Opened;
import dev.conntrace.trace.Party;
import dev.conntrace.trace.RoleEvidence;
import dev.conntrace.trace.Side;
import dev.conntrace.trace.TcpState;
import java.util.ArrayList;
import java.util.List;

/** The sets of words that fields can hold. */
enum Words {
  NONE,
  SIDE,
  PARTY,
  STATE,
  OPENED,
  CLOSED,
  ROLE_EVIDENCE,
  ANNOTATION,
  CONFIDENCE,
  PROBLEM,
  ECN,
  FAST_OPEN,
  WINDOW_SCALE,
  CAPTURE_POINT,
  FLIGHT_BASIS;

  /** Returns the words as records write them. */
  List<String> all() {
    List<String> words = new ArrayList<>();
    switch (this) {
      case NONE -> {}
      case SIDE -> {
        for (Side side : Side.values()) {
          words.add(side.id());
        }
      }
      case PARTY -> {
        for (Party party : Party.values()) {
          words.add(party.id());
        }
      }
      case STATE -> {
        for (TcpState state : TcpState.values()) {
          words.add(state.name());
        }
      }
      case OPENED -> {
        for (Opened opened : Opened.values()) {
          words.add(opened.id());
        }
      }
      case CLOSED -> {
        for (Closed closed : Closed.values()) {
          words.add(closed.id());
        }
      }
      case ROLE_EVIDENCE -> {
        for (RoleEvidence evidence : RoleEvidence.values()) {
          words.add(evidence.id());
        }
      }
      case ANNOTATION -> {
        for (AnnotationKind kind : AnnotationKind.values()) {
          words.add(kind.id());
        }
      }
      case CONFIDENCE -> {
        for (Confidence confidence : Confidence.values()) {
          words.add(confidence.id());
        }
      }
      case PROBLEM -> {
        for (CaptureQuality.Problem problem : CaptureQuality.Problem.values()) {
          words.add(problem.id());
        }
      }
      case ECN -> words.addAll(List.of("none", "ecn", "accecn"));
      case FAST_OPEN -> words.addAll(List.of("none", "request", "cookie"));
      case FLIGHT_BASIS -> {
        for (CongestionReport.Basis basis : CongestionReport.Basis.values()) {
          words.add(basis.id());
        }
      }
      case CAPTURE_POINT -> {
        for (CapturePoint point : CapturePoint.values()) {
          words.add(point.id());
        }
      }
      case WINDOW_SCALE -> words.add("unknown");
    }
    return words;
  }
}
