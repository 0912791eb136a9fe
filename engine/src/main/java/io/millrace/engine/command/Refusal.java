package io.millrace.engine.command;

/** Why a command was refused. */
public enum Refusal {
  PROCESS_NOT_FOUND,
  PROCESS_NOT_ACTIVE,
  ACCESS_DENIED,
  REFERENCE_TAKEN,
  REFERENCE_INVALID,
  TASK_NOT_FOUND,
  TASK_TOO_LARGE,
  PARAMETER_INVALID,
  PROCESS_INVALID,
  NODE_NOT_FOUND,
  INTERNAL
}
