/** How AWS is reached: region, credentials, endpoints, one set of clients. */
@NullMarked
package io.millrace.aws.access;

import org.jspecify.annotations.NullMarked;
