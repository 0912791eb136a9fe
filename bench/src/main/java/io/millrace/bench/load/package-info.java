/** Load runs against the real host and the real server. */
@NullMarked
package io.millrace.bench.load;

import org.jspecify.annotations.NullMarked;
