package dev.bulkuserimport.storage;

/** S3 can't be read or written, so that not even a report is possible; thrown so that the notification comes again. */
public final class StorageUnavailableException extends RuntimeException {

    StorageUnavailableException(S3Failure cause) {
        super(cause.getMessage() + ". The notification is left to come again.", null, false, false);
    }
}
