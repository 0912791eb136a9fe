/** What operators and their tools ask: health and metrics. */
@NullMarked
package io.millrace.app.health;

import org.jspecify.annotations.NullMarked;
