package dev.conntrace.samples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Which fields an object has, and what their values look like. */
final class Shape {
  /** What values look like. */
  interface Form {
    /** Tells {@code fault} what is wrong with a value. */
    void check(String where, Object value, Consumer<String> fault);
  }

  private record Field(Form form, boolean required) {}

  private final Map<String, Field> fields = new LinkedHashMap<>();

  /** Adds a field that is always there. */
  Shape has(String name, Form form) {
    fields.put(name, new Field(form, true));
    return this;
  }

  /** Adds a field that may be left out. */
  Shape mayHave(String name, Form form) {
    fields.put(name, new Field(form, false));
    return this;
  }

  /** Returns the form of values that are such objects. */
  Form form() {
    return (where, value, fault) -> {
      if (value instanceof Map<?, ?> object) {
        check(where, object, fault);
      } else {
        fault.accept(where + " is no object: " + value);
      }
    };
  }

  private void check(String where, Map<?, ?> object, Consumer<String> fault) {
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      String name = where + "." + entry.getKey();
      Field field = fields.get(entry.getKey());
      if (field == null) {
        fault.accept(name + " is no field of the contract");
      } else {
        field.form.check(name, entry.getValue(), fault);
      }
    }
    for (Map.Entry<String, Field> field : fields.entrySet()) {
      if (field.getValue().required && !object.containsKey(field.getKey())) {
        fault.accept(where + "." + field.getKey() + " is missing");
      }
    }
  }

  /** Strings that match a regular expression. */
  static Form text(String pattern) {
    return (where, value, fault) -> {
      if (!(value instanceof String text) || !text.matches(pattern)) {
        fault.accept(where + " is " + value + ", not a string like " + pattern);
      }
    };
  }

  static Form oneOf(String... words) {
    List<String> values = List.of(words);
    return (where, value, fault) -> {
      if (!values.contains(value)) {
        fault.accept(where + " is " + value + ", not one of " + values);
      }
    };
  }

  /** Whole numbers from {@code least} to {@code most}. */
  static Form whole(long least, long most) {
    return (where, value, fault) -> {
      if (!(value instanceof Long number) || number < least || number > most) {
        fault.accept(where + " is " + value + ", no whole number of " + least + " to " + most);
      }
    };
  }

  static Form bool() {
    return (where, value, fault) -> {
      if (!(value instanceof Boolean)) {
        fault.accept(where + " is " + value + ", neither true nor false");
      }
    };
  }

  /** Lists of values of one form. */
  static Form list(Form form) {
    return (where, value, fault) -> {
      if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          form.check(where + "[" + i + "]", list.get(i), fault);
        }
      } else {
        fault.accept(where + " is no list: " + value);
      }
    };
  }

  /** Objects whose names are of one form, and whose values are of another. */
  static Form map(Form names, Form values) {
    return (where, value, fault) -> {
      if (value instanceof Map<?, ?> map) {
        map.forEach(
            (name, number) -> {
              names.check("a name in " + where, name, fault);
              values.check(where + "." + name, number, fault);
            });
      } else {
        fault.accept(where + " is no object: " + value);
      }
    };
  }
}
