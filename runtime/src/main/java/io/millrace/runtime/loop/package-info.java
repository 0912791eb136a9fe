/** The single-writer loop: drain, apply, commit once, release. */
@NullMarked
package io.millrace.runtime.loop;

import org.jspecify.annotations.NullMarked;
