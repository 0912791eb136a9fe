package io.millrace.engine.logic;

import io.millrace.engine.condition.Condition;
import io.millrace.engine.template.Scope;
import java.util.List;

/** Move when all conditions hold. */
public record GoIfConst(int target, List<Condition> conditions) implements Logic {
  public static final String TYPE = "go_if_const";

  public GoIfConst {
    conditions = List.copyOf(conditions);
  }

  @Override
  public String type() {
    return TYPE;
  }

  /** Whether the task moves. Never fails: what cannot be compared does not match. */
  boolean holds(Scope scope) {
    for (Condition condition : conditions) {
      if (!condition.test(scope)) {
        return false;
      }
    }
    return true;
  }
}
