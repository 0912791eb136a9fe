package io.millrace.engine.logic;

/** One action of a node, compiled. Which kinds there are is the whole vocabulary of processes. */
public sealed interface Logic
    permits Go, GoIfConst, SetParam, ApiCopy, ApiCall, ApiCallback, Notify, UnsupportedLogic {

  /** Stands for an exit that is not there. */
  int NO_EXIT = -1;

  /** The logic's name in the process format. */
  String type();

  /** Ordinal of the node for failures; {@link #NO_EXIT}: the next logic decides. */
  default int errorExit() {
    return NO_EXIT;
  }
}
