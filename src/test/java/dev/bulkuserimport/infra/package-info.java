/** What keeps the template true: it is held against the configuration, the build, the routes and the metrics. */
package dev.bulkuserimport.infra;
