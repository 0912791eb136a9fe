/** JMH benchmarks of the core. */
@NullMarked
package io.millrace.bench.micro;

import org.jspecify.annotations.NullMarked;
