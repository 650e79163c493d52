package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.Fault;
import java.util.Optional;

/**
 * A fault of a record that is found only once all records have been read.
 *
 * @param index the record's index, from 0
 * @param line the line of the file on which the record begins; 0 if records aren't lines
 * @param externalId its external ID, if it is still known
 * @param field the invalid field
 * @param fault what is wrong
 */
public record LateFault(int index, long line, Optional<String> externalId, String field, Fault fault) {}
