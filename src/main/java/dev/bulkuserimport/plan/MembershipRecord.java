package dev.bulkuserimport.plan;

import java.util.List;
import java.util.Optional;

/**
 * A membership of a payload, as it was read and not yet checked: a group and some of its members.
 *
 * @param index its index in {@code memberships}, from 0
 * @param group the group's external ID; empty if there is none
 * @param members the members' external IDs
 * @param wrong the parts that can't be read
 */
public record MembershipRecord(int index, Optional<String> group, List<String> members, List<FieldFault> wrong) {}
