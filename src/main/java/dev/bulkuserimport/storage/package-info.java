/** S3: objects in, reports out, and the claim that makes an import happen once. */
package dev.bulkuserimport.storage;
