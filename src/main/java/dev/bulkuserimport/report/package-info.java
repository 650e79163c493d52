/**
 * The report on a file's import: what happened, who is missing, and what to do next. As a JSON document, and as an HTML page for people.
 */
@NullMarked
package dev.bulkuserimport.report;

import org.jspecify.annotations.NullMarked;
