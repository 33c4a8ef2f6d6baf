package dev.conntrace.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the files of a merged capture say of themselves: each thing once, and within bounds. */
final class MergedTexts {
  private static final int MAX_SECTIONS = 64;
  private static final int MAX_HOST_NAMES = 65_536;

  private final Set<Map<String, String>> sections = new LinkedHashSet<>();
  private final Map<String, String> hostNames = new LinkedHashMap<>();
  private long givenUp;

  /** Adds what one file says; the first of two names of one address stays. */
  void add(CaptureTexts texts) {
    givenUp += texts.givenUp();
    for (Map<String, String> section : texts.sections()) {
      if (sections.size() < MAX_SECTIONS) {
        sections.add(section);
      } else if (!sections.contains(section)) {
        givenUp++;
      }
    }
    for (Map.Entry<String, String> named : texts.hostNames().entrySet()) {
      if (hostNames.size() < MAX_HOST_NAMES) {
        hostNames.putIfAbsent(named.getKey(), named.getValue());
      } else if (!hostNames.containsKey(named.getKey())) {
        givenUp++;
      }
    }
  }

  /** Returns everything added so far. */
  CaptureTexts all() {
    List<Map<String, String>> all = new ArrayList<>(sections);
    return new CaptureTexts(all, new LinkedHashMap<>(hostNames), givenUp);
  }
}
