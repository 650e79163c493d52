/** Bytes, JSON output and the time that is left. It knows no AWS service, nothing of Okta, and not what an import is. */
@NullMarked
package dev.bulkuserimport.base;

import org.jspecify.annotations.NullMarked;
