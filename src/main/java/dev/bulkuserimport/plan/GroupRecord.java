package dev.bulkuserimport.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A group of a payload, as it was read and not yet checked.
 *
 * @param index its index in {@code groups}, from 0
 * @param externalId its external ID; empty if there is none
 * @param profile its properties; an empty value means null
 * @param wrong the parts that can't be read
 */
public record GroupRecord(
        int index, Optional<String> externalId, Map<String, Optional<String>> profile, List<FieldFault> wrong) {}
