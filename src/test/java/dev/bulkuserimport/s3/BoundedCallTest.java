package dev.bulkuserimport.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

@DisplayName("A call with an end")
class BoundedCallTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    @DisplayName("brings what it brings, and throws what it throws")
    void transparent() {
        assertThat(BoundedCall.run(() -> "x", LONG)).isEqualTo("x");
        IllegalStateException failure = new IllegalStateException();
        assertThatThrownBy(() -> BoundedCall.run(
                        () -> {
                            throw failure;
                        },
                        LONG))
                .isSameAs(failure);
        assertThatThrownBy(() -> BoundedCall.run(
                        () -> {
                            throw new OutOfMemoryError();
                        },
                        LONG))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    @DisplayName("is given up when it notices no interrupt, and what it brings afterwards is closed")
    void deaf() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        assertThatThrownBy(() -> BoundedCall.<Closeable>run(
                        () -> {
                            boolean over = false;
                            while (!over) {
                                try {
                                    over = goOn.await(10, TimeUnit.MINUTES);
                                } catch (InterruptedException e) {
                                    // As a thread that reads from a socket.
                                }
                            }
                            return closed::countDown;
                        },
                        Duration.ofMillis(10)))
                .isInstanceOf(ApiCallTimeoutException.class);
        goOn.countDown();
        assertThat(closed.await(5, TimeUnit.MINUTES)).isTrue();
    }
}
