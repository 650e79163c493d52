/** Bytes, JSON, cells that no spreadsheet runs, and the time that is left. It knows no AWS service, nothing of Okta, and not what an import is. */
@NullMarked
package dev.bulkuserimport.base;

import org.jspecify.annotations.NullMarked;
