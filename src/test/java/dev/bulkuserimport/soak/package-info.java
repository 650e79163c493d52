/** Thousands of invocations of every kind, under faults that a seed decides: what is said stays true, and nothing grows. */
package dev.bulkuserimport.soak;
