package dev.conntrace.trace.field;

import dev.conntrace.trace.CaptureQuality;
import java.util.ArrayList;
import java.util.List;

/** What the fields of {@code capture_quality} hold: a value for each trouble. */
final class QualityValues {
  private QualityValues() {}

  static List<Object> of(ConnectionField field, List<CaptureQuality> found) {
    List<Object> values = new ArrayList<>(found.size());
    for (CaptureQuality quality : found) {
      switch (field) {
        case QUALITY_ID -> values.add(quality.problem().id());
        case QUALITY_FRAMES -> values.addAll(quality.frames());
        case QUALITY_COUNT -> values.add(quality.count());
        default -> values.add(quality.problem().words());
      }
    }
    return values;
  }
}
