/** What is fed in: the solution's processes and a made-up day of CloudTrail records. */
@NullMarked
package io.millrace.bench.data;

import org.jspecify.annotations.NullMarked;
