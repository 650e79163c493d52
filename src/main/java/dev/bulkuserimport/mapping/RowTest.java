package dev.bulkuserimport.mapping;

import dev.bulkuserimport.rules.CellError;
import dev.bulkuserimport.rules.ExternalId;
import dev.bulkuserimport.rules.Fault;
import dev.bulkuserimport.rules.RecordText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A rule that skips or deactivates rows: a condition on one column. */
sealed interface RowTest {

    /** The column that the condition reads. */
    int column();

    /** @throws UnusableValue when the cell can't be read, so that the rule can't be evaluated */
    boolean holds(Cells cells, Instant now) throws UnusableValue;

    /** Whether the column contains one of some values ({@code is}), or none of them ({@code isNot}). */
    record OneOf(int column, Set<String> values, boolean wanted) implements RowTest {
        @Override
        public boolean holds(Cells cells, Instant now) throws UnusableValue {
            String text = cells.text(column);
            if (values.contains(SoughtWord.of(text))) {
                return wanted;
            }
            refuseLost(text);
            return !wanted;
        }
    }

    /** Whether the column is empty, or isn't. */
    record Empty(int column, boolean wanted) implements RowTest {
        @Override
        public boolean holds(Cells cells, Instant now) throws UnusableValue {
            String text = cells.text(column);
            refuseError(text);
            return text.isEmpty() == wanted;
        }
    }

    /**
     * Whether the column's date is before or after another one. An empty cell is neither.
     *
     * @param before the day that it must be before, in days from today; today is determined in {@code zone}
     * @param after the day that it must be after
     */
    record Dated(int column, Step.IsoDate date, OptionalInt before, OptionalInt after, ZoneId zone) implements RowTest {
        @Override
        public boolean holds(Cells cells, Instant now) throws UnusableValue {
            String text = cells.text(column);
            if (text.isEmpty()) {
                return false;
            }
            LocalDate day = date.read(text, cells.writing(column));
            LocalDate today = LocalDate.ofInstant(now, zone);
            return (before.isEmpty() || day.isBefore(today.plusDays(before.getAsInt())))
                    && (after.isEmpty() || day.isAfter(today.plusDays(after.getAsInt())));
        }
    }

    /** The values of {@code is}; empty for any other condition. */
    default Optional<Set<String>> accepted() {
        return this instanceof OneOf one && one.wanted() ? Optional.of(one.values()) : Optional.empty();
    }

    /** A leaver must not stay because the word that says so was lost. */
    private static void refuseLost(String text) throws UnusableValue {
        refuseError(text);
        Optional<Fault> lost = RecordText.fault(text.toCharArray(), 0, text.length());
        if (lost.isPresent()) {
            throw new UnusableValue("its value " + lost.get().message());
        }
    }

    private static void refuseError(String text) throws UnusableValue {
        Optional<Fault> error = CellError.isOne(text) ? ExternalId.damage(text) : Optional.empty();
        if (error.isPresent()) {
            throw new UnusableValue("its value " + error.get().message());
        }
    }
}
