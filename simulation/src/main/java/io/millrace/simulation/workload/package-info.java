/** Load whose outcome can be computed from its ids. */
@NullMarked
package io.millrace.simulation.workload;

import org.jspecify.annotations.NullMarked;
