package dev.bulkuserimport.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Maps a {@code T} to a JSON object and back: a single method describes the object and names each member once. When a value is written,
 * each call adds a member and returns its value; when one is read, each call returns the member's value.
 */
abstract class Form<T> {

    /** Describes a JSON object: gets its members, and creates the value from them. */
    interface Description<T> extends Function<Form<T>, T> {}

    /**
     * A member.
     *
     * @param of the value to write; empty if there is none
     * @param written converts the value for JSON output
     * @param read reads a member that is present and isn't null
     */
    abstract <V> Optional<V> member(
            String name, Function<T, Optional<V>> of, Function<V, Object> written, Function<JsonNode, V> read);

    /** The same, written as null if there is no value. */
    abstract <V> Optional<V> nullable(
            String name, Function<T, Optional<V>> of, Function<V, Object> written, Function<JsonNode, V> read);

    /** A member that is only written, because it is derived from others. */
    abstract void derived(String name, Function<T, Optional<?>> of);

    /** A value that is derived from other members. */
    abstract <V> V said(Function<T, V> of, Function<JsonNode, V> read);

    /** A part of the value, whose members are in the same object. */
    abstract <U> U part(Function<T, U> of, Description<U> form);

    /** The same for a part that may be missing; it is present if its member {@code sign} is. */
    abstract <U> Optional<U> part(String sign, Function<T, Optional<U>> of, Description<U> form);

    static <T> Map<String, Object> write(T value, Description<T> form) {
        Writing<T> writing = new Writing<>(value, new LinkedHashMap<>());
        form.apply(writing);
        return writing.members;
    }

    /** @throws IllegalArgumentException or {@link java.time.DateTimeException} when a member is invalid */
    static <T> T read(JsonNode json, Description<T> form) {
        return form.apply(new Reading<>(json));
    }

    Optional<String> maybe(String name, Function<T, Optional<String>> of) {
        return member(name, of, text -> text, JsonNode::textValue);
    }

    Optional<String> orNull(String name, Function<T, Optional<String>> of) {
        return nullable(name, of, text -> text, JsonNode::textValue);
    }

    String text(String name, Function<T, String> of) {
        return maybe(name, of.andThen(Optional::of)).orElse("");
    }

    int number(String name, Function<T, Integer> of) {
        return member(name, of.andThen(Optional::of), count -> count, JsonNode::asInt)
                .orElse(0);
    }

    long large(String name, Function<T, Long> of) {
        return member(name, of.andThen(Optional::of), count -> count, JsonNode::asLong)
                .orElse(0L);
    }

    boolean flag(String name, Function<T, Boolean> of) {
        return member(name, of.andThen(Optional::of), flag -> flag, JsonNode::asBoolean)
                .orElse(false);
    }

    Optional<Instant> moment(String name, Function<T, Optional<Instant>> of) {
        return member(name, of, Instant::toString, json -> Instant.parse(json.asText()));
    }

    List<String> texts(String name, Function<T, List<String>> of) {
        return elements(name, of, text -> text, JsonNode::asText);
    }

    /** A number that is omitted if it is 0. */
    long positive(String name, Function<T, Long> of) {
        return member(
                        name,
                        of.andThen(count -> Optional.of(count).filter(n -> n > 0)),
                        count -> count,
                        JsonNode::asLong)
                .orElse(0L);
    }

    /** Texts that are omitted if there are none. */
    List<String> some(String name, Function<T, List<String>> of) {
        return member(
                        name,
                        of.andThen(list -> Optional.of(list).filter(texts -> !texts.isEmpty())),
                        list -> list,
                        json -> all(json, JsonNode::asText))
                .orElse(List.of());
    }

    <E> List<E> list(String name, Function<T, List<E>> of, Description<E> element) {
        return elements(name, of, value -> write(value, element), json -> read(json, element));
    }

    static <E> List<Map<String, Object>> writeAll(List<E> values, Description<E> element) {
        return values.stream().map(value -> write(value, element)).toList();
    }

    static <E> List<E> readAll(JsonNode array, Description<E> element) {
        return all(array, json -> read(json, element));
    }

    <E> List<E> elements(
            String name, Function<T, List<E>> of, Function<E, Object> written, Function<JsonNode, E> read) {
        return member(
                        name,
                        of.andThen(Optional::of),
                        list -> list.stream().map(written).toList(),
                        json -> all(json, read))
                .orElse(List.of());
    }

    <E> Optional<E> object(String name, Function<T, Optional<E>> of, Description<E> form) {
        return member(name, of, value -> write(value, form), json -> read(json, form));
    }

    /** A number for each name. */
    Map<String, Integer> counts(String name, Function<T, Map<String, Integer>> of) {
        return member(name, of.andThen(Optional::of), counts -> counts, json -> {
                    Map<String, Integer> counts = new LinkedHashMap<>();
                    json.properties()
                            .forEach(count ->
                                    counts.put(count.getKey(), count.getValue().asInt()));
                    return counts;
                })
                .orElse(Map.of());
    }

    static <E> List<E> all(JsonNode array, Function<JsonNode, E> read) {
        List<E> all = new ArrayList<>();
        array.forEach(element -> all.add(read.apply(element)));
        return all;
    }

    /** An object whose members the function doesn't act on. */
    static Map<String, Object> members(JsonNode json) {
        Map<String, Object> members = new LinkedHashMap<>();
        json.properties().forEach(field -> members.put(field.getKey(), value(field.getValue())));
        return members;
    }

    private static @Nullable Object value(JsonNode json) {
        if (json.isObject()) {
            return members(json);
        }
        if (json.isArray()) {
            return all(json, Form::value);
        }
        if (json.isIntegralNumber()) {
            return json.asLong();
        }
        return json.isBoolean() ? (Object) json.asBoolean() : json.textValue();
    }

    private static final class Writing<T> extends Form<T> {
        private final T value;
        private final Map<String, Object> members;

        Writing(T value, Map<String, Object> members) {
            this.value = value;
            this.members = members;
        }

        @Override
        <V> Optional<V> member(
                String name, Function<T, Optional<V>> of, Function<V, Object> written, Function<JsonNode, V> read) {
            Optional<V> member = of.apply(value);
            member.ifPresent(present -> members.put(name, written.apply(present)));
            return member;
        }

        @Override
        <V> Optional<V> nullable(
                String name, Function<T, Optional<V>> of, Function<V, Object> written, Function<JsonNode, V> read) {
            Optional<V> member = of.apply(value);
            members.put(name, member.map(written).orElse(null));
            return member;
        }

        @Override
        void derived(String name, Function<T, Optional<?>> of) {
            of.apply(value).ifPresent(present -> members.put(name, present));
        }

        @Override
        <V> V said(Function<T, V> of, Function<JsonNode, V> read) {
            return of.apply(value);
        }

        @Override
        <U> U part(Function<T, U> of, Description<U> form) {
            return form.apply(new Writing<>(of.apply(value), members));
        }

        @Override
        <U> Optional<U> part(String sign, Function<T, Optional<U>> of, Description<U> form) {
            return of.apply(value).map(part -> form.apply(new Writing<>(part, members)));
        }
    }

    private static final class Reading<T> extends Form<T> {
        private final JsonNode json;

        Reading(JsonNode json) {
            this.json = json;
        }

        @Override
        <V> Optional<V> member(
                String name, Function<T, Optional<V>> of, Function<V, Object> written, Function<JsonNode, V> read) {
            JsonNode member = json.path(name);
            return member.isMissingNode() || member.isNull()
                    ? Optional.empty()
                    : Optional.ofNullable(read.apply(member));
        }

        @Override
        <V> Optional<V> nullable(
                String name, Function<T, Optional<V>> of, Function<V, Object> written, Function<JsonNode, V> read) {
            return member(name, of, written, read);
        }

        @Override
        void derived(String name, Function<T, Optional<?>> of) {
            // Derived from other members.
        }

        @Override
        <V> V said(Function<T, V> of, Function<JsonNode, V> read) {
            return read.apply(json);
        }

        @Override
        <U> U part(Function<T, U> of, Description<U> form) {
            return form.apply(new Reading<>(json));
        }

        @Override
        <U> Optional<U> part(String sign, Function<T, Optional<U>> of, Description<U> form) {
            return json.has(sign) ? Optional.of(form.apply(new Reading<>(json))) : Optional.empty();
        }
    }
}
