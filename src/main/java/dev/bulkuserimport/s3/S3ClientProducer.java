package dev.bulkuserimport.s3;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The S3 client, which is built on first use. Its endpoint, region and credentials come from the SDK's own variables. */
final class S3ClientProducer {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** A server that says nothing in the middle of a body is given up before an invocation has to be. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    @Produces
    @Singleton
    S3Client client() {
        return S3Client.builder()
                // Works for every bucket's name, and for local S3 servers.
                .forcePathStyle(true)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(SILENCE))
                .build();
    }

    void close(@Disposes S3Client client) {
        client.close();
    }
}
