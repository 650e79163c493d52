package dev.bulkuserimport.mapping;

/**
 * How a profile property is produced.
 *
 * @param name the property's name
 * @param value how its value is produced
 */
record PropertyRule(String name, ValueRule value) {}
