package dev.conntrace.scenario.fifty;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which of the {@linkplain FiftyScenariosTest fifty scenarios} a test shows. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Scenario.List.class)
public @interface Scenario {
  /** The scenario's number, 1 to 50. */
  int value();

  /** Which variant of it, in the words of the list; empty where it has only one. */
  String variant() default "";

  /** Several scenarios that one test shows. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface List {
    Scenario[] value();
  }
}
