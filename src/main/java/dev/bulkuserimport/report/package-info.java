/** The report as a page for a person's eyes: what happened, who is missing, what to do next. Made of a typed view; knows no storage. */
@NullMarked
package dev.bulkuserimport.report;

import org.jspecify.annotations.NullMarked;
