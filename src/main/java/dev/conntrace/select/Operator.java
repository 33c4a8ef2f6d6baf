package dev.conntrace.select;

/** How a field is compared with one value. */
public enum Operator {
  EQUAL("=="),
  NOT_EQUAL("!="),
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">=");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  /** Returns the operator that is written so. */
  static Operator of(String sign) {
    for (Operator operator : values()) {
      if (operator.sign.equals(sign)) {
        return operator;
      }
    }
    throw new IllegalArgumentException(sign);
  }

  String sign() {
    return sign;
  }

  /** Returns whether it asks which is larger, which only some types can answer. */
  boolean isOrder() {
    return this != EQUAL && this != NOT_EQUAL;
  }

  /** Returns whether it holds between two numbers. */
  boolean holds(long left, long right) {
    return switch (this) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case LESS -> left < right;
      case AT_MOST -> left <= right;
      case GREATER -> left > right;
      case AT_LEAST -> left >= right;
    };
  }
}
