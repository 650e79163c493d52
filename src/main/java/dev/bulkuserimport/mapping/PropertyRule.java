package dev.bulkuserimport.mapping;

/**
 * How one property of a profile is made.
 *
 * @param name the property's name
 * @param value how its value is made
 */
record PropertyRule(String name, ValueRule value) {}
