package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.Fault;

/**
 * A cell whose content was damaged before the file came here. Unlike a fault of its row, it leaves the other cells reliable.
 *
 * @param cell its index in the row
 * @param identifies whether the external ID uses it
 * @param spoils whether its text can't be used at all; otherwise it can't be used in an ID
 * @param fault what is wrong with it
 */
public record DamagedCell(int cell, boolean identifies, boolean spoils, Fault fault) {}
