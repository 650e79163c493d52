package dev.bulkuserimport.plan;

/**
 * A group of which a row's person is a member.
 *
 * @param externalId the group's external ID, not empty
 * @param displayName its name; empty where the row has none
 * @param description its description; empty where the row has none
 */
public record GroupOfRow(String externalId, String displayName, String description) {}
