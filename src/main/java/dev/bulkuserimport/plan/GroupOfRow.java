package dev.bulkuserimport.plan;

/**
 * A group of which a row's person is a member.
 *
 * @param externalId the group's external ID, not empty
 * @param displayName its name; empty where the row has none
 * @param description its description; empty where the row has none
 * @param hidesDate whether the external ID was made from a text in a form in which spreadsheets show dates
 */
public record GroupOfRow(String externalId, String displayName, String description, boolean hidesDate) {}
