/** Semaphores: time limit and task counter. */
@NullMarked
package io.millrace.engine.semaphore;

import org.jspecify.annotations.NullMarked;
