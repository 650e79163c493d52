/** The bottom: bytes, deadlines, and JSON out. It knows neither AWS nor Okta nor what an import is. */
package dev.bulkuserimport.base;
