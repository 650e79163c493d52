/** The report on a file's import: what happened, who is missing, what to do next; its JSON document, and its page for a person. */
@NullMarked
package dev.bulkuserimport.report;

import org.jspecify.annotations.NullMarked;
