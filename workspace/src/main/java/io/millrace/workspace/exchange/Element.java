package io.millrace.workspace.exchange;

import tools.jackson.databind.node.ObjectNode;

/**
 * One object of an upload.
 *
 * @param where how errors name it: {@code element 3}, or the file in a ZIP
 * @param json its content
 */
record Element(String where, ObjectNode json) {}
