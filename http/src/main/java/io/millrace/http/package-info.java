/**
 * The HTTP foundation: listener, limits, error bodies, who is asking, and how modules contribute
 * routes.
 */
@NullMarked
package io.millrace.http;

import org.jspecify.annotations.NullMarked;
