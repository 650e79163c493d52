/** The built artifact, as AWS runs it: under AWS's Java runtime client, or as the native bootstrap. */
package dev.bulkuserimport.packaged;
