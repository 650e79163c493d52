/** The settings, checked once at the start: a wrong one stops it with a message that names it. */
package dev.bulkuserimport.config;
