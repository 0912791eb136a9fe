package io.millrace.workspace.rights;

import java.util.EnumSet;
import java.util.Set;

/** A set of privileges as the database keeps it: bits 1 view, 2 create, 4 modify, 8 delete. */
final class Bits {
  private Bits() {}

  static int of(Privilege privilege) {
    return switch (privilege) {
      case VIEW -> 1;
      case CREATE -> 2;
      case MODIFY -> 4;
      case DELETE -> 8;
    };
  }

  static int write(Set<Privilege> privileges) {
    int bits = 0;
    for (Privilege privilege : privileges) {
      bits |= of(privilege);
    }
    return bits;
  }

  static Set<Privilege> read(int bits) {
    Set<Privilege> found = EnumSet.noneOf(Privilege.class);
    for (Privilege privilege : Privilege.values()) {
      if ((bits & of(privilege)) != 0) {
        found.add(privilege);
      }
    }
    return found;
  }
}
