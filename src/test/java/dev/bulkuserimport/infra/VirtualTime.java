package dev.bulkuserimport.infra;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Time that passes only while all who take part in it wait: then it jumps to the first who wakes up. So hours of waiting cost nothing, and
 * what is done between two waits takes no time but what is declared.
 */
final class VirtualTime {

    private final Consumer<Duration> passes;
    private final PriorityQueue<Long> wakes = new PriorityQueue<>();
    private int takingPart;
    private long millis;

    /**
     * @param takingPart how many wait in it
     * @param passes is told how much time has passed
     */
    VirtualTime(int takingPart, Consumer<Duration> passes) {
        this.takingPart = takingPart;
        this.passes = passes;
    }

    /** Waits; whoever waits takes part. */
    synchronized void sleep(Duration time) {
        long wake = millis + time.toMillis();
        wakes.add(wake);
        jump();
        while (millis < wake) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        wakes.remove(wake);
    }

    /** Something was done that takes its time. */
    synchronized void pass(Duration time) {
        millis += time.toMillis();
        passes.accept(time);
        notifyAll();
    }

    /** One has left. */
    synchronized void leave() {
        takingPart--;
        jump();
    }

    synchronized Duration passed() {
        return Duration.ofMillis(millis);
    }

    private void jump() {
        if (!wakes.isEmpty() && wakes.size() >= takingPart && wakes.peek() > millis) {
            pass(Duration.ofMillis(wakes.peek() - millis));
        }
    }
}
