package dev.conntrace.cli;

/** When to colour: what {@code --color} says. */
enum ColorChoice {
  AUTO("auto"),
  ALWAYS("always"),
  NEVER("never");

  private final String id;

  ColorChoice(String id) {
    this.id = id;
  }

  /** Returns the choice of that name. */
  static ColorChoice parse(String name) throws UsageException {
    for (ColorChoice choice : values()) {
      if (choice.id.equals(name)) {
        return choice;
      }
    }
    throw new UsageException("--color is auto, always or never, not '" + name + "'");
  }

  /**
   * Returns whether to colour: the option decides, then {@code NO_COLOR}, then {@code FORCE_COLOR},
   * then whether standard output is a terminal that knows colours.
   */
  boolean isOn(Surroundings surroundings) {
    if (this != AUTO) {
      return this == ALWAYS;
    }
    if (surroundings.variable("NO_COLOR") != null) {
      return false;
    }
    String forced = surroundings.variable("FORCE_COLOR");
    if (forced != null) {
      return !forced.equals("0");
    }
    return surroundings.terminals().out() && !surroundings.isDumb();
  }
}
