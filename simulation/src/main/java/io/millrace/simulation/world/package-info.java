/** A host in virtual time: one thread, a disk that remembers commits, seeded faults. */
@NullMarked
package io.millrace.simulation.world;

import org.jspecify.annotations.NullMarked;
