/** The host contract: submit, query, subscribe; overload and health as values. */
@NullMarked
package io.millrace.runtime.host;

import org.jspecify.annotations.NullMarked;
