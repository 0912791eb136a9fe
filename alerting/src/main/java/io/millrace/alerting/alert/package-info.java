/** An alert as it comes in, as it is kept, and as people see it. */
@NullMarked
package io.millrace.alerting.alert;

import org.jspecify.annotations.NullMarked;
