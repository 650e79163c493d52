package dev.bulkuserimport.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A group of a payload, as it was read and not yet checked.
 *
 * @param index its place in {@code groups}, from 0
 * @param externalId its external ID; empty where there is none
 * @param profile its properties; empty where one is null
 * @param wrong what can't be read of it
 */
public record GroupRecord(
        int index, Optional<String> externalId, Map<String, Optional<String>> profile, List<FieldFault> wrong) {}
