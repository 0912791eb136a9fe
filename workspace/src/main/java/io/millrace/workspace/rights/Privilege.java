package io.millrace.workspace.rights;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What may be done with a folder or process. */
public enum Privilege {
  VIEW,
  CREATE,
  MODIFY,
  DELETE;

  /** All four. */
  public static final Set<Privilege> ALL =
      Collections.unmodifiableSet(EnumSet.allOf(Privilege.class));

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The privilege of a wire name, or empty. */
  public static Optional<Privilege> parse(String wireName) {
    for (Privilege privilege : values()) {
      if (privilege.wireName().equals(wireName)) {
        return Optional.of(privilege);
      }
    }
    return Optional.empty();
  }
}
