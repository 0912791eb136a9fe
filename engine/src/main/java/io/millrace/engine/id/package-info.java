/** Identifiers: task, slot, node; small records with their text and byte form. */
@NullMarked
package io.millrace.engine.id;

import org.jspecify.annotations.NullMarked;
