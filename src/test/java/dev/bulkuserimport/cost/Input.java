package dev.bulkuserimport.cost;

import java.util.concurrent.Callable;
import java.util.function.IntFunction;

/**
 * An input that an outsider can shape, in any size.
 *
 * @param name what grows
 * @param smallest the number of elements of the smallest of its sizes
 * @param sized makes the input of a number of elements, and the work that the function has with it
 */
public record Input(String name, int smallest, IntFunction<Sized> sized) {

    /**
     * An input of one size.
     *
     * @param bytes how long it is
     * @param work what the function does with it
     */
    public record Sized(long bytes, Callable<?> work) {}
}
