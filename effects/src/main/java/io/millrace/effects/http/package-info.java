/** The guarded HTTP client, and the executor of the API call logic. */
@NullMarked
package io.millrace.effects.http;

import org.jspecify.annotations.NullMarked;
