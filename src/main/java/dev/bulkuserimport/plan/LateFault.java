package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.Fault;
import java.util.Optional;

/**
 * What is wrong with a record, and shows only once all of them have been read.
 *
 * @param index the record's place among all records, from 0
 * @param line the line of the file on which the record begins; 0 when it did not come from a file of lines
 * @param externalId its external ID, where that is still known
 * @param field the field at fault
 * @param fault what is wrong
 */
public record LateFault(int index, long line, Optional<String> externalId, String field, Fault fault) {}
