package io.millrace.workspace.store;

/** What stands in the tree. */
public enum ObjectKind {
  FOLDER("folder", 0),
  PROCESS("conv", 1);

  private final String wireName;
  private final int number;

  ObjectKind(String wireName, int number) {
    this.wireName = wireName;
    this.number = number;
  }

  /** The name in the API's {@code obj} and {@code obj_type}. */
  public String wireName() {
    return wireName;
  }

  /** The number in export files. */
  public int number() {
    return number;
  }
}
