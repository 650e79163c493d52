package dev.bulkuserimport.plan;

import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what is wrong, in bounded memory: all is counted, the first is kept. */
final class RejectedRecords {

    /** Errors of one record; one with more is broken as a whole. */
    private static final int MOST_OF_A_RECORD = 20;

    /** Kinds that are told apart; a person reads the first few. */
    private static final int MOST_KINDS = 200;

    /** Invalid records, as times of the users that may be sent, after which the rest is only counted, so that the time stays bounded. */
    private static final int CHECKED_TIMES = 10;

    private static final int KIND_PLACES = 3;

    private final List<RecordError> errors = new ArrayList<>();
    private final Map<Key, Tally> kinds = new LinkedHashMap<>();
    private int records;
    private int errorCount;
    private int firstOfRecord;
    private int errorsOfRecord;
    private BulkOperation.Kind kind = BulkOperation.Kind.USERS;
    private boolean mixed;
    private boolean byLine;
    private int ids;
    private int idsWithAt;

    private record Key(BulkOperation.Kind of, Optional<String> field, String message) {}

    /** The import holds groups or memberships too, so that each error says what it is about. */
    void mixed() {
        mixed = true;
    }

    private static final class Tally {
        private int count;
        private final List<Long> places = new ArrayList<>(KIND_PLACES);
    }

    int errorCount() {
        return errorCount;
    }

    int records() {
        return records;
    }

    /**
     * Whether the records after so many invalid ones are only counted; valid ones may be among them, so that nothing can be sent.
     *
     * @param most users that may be sent
     */
    boolean areTooMany(int most) {
        return records > CHECKED_TIMES * (long) most;
    }

    /** A new user begins. */
    void begin() {
        begin(BulkOperation.Kind.USERS);
    }

    /** A new record begins. */
    void begin(BulkOperation.Kind ofRecord) {
        kind = ofRecord;
        firstOfRecord = errors.size();
        errorsOfRecord = 0;
    }

    /** Takes note of a record's external ID, valid or not. */
    void externalId(String id) {
        ids++;
        idsWithAt += id.indexOf('@') >= 0 ? 1 : 0;
    }

    void add(int index, long line, Optional<String> field, Fault fault) {
        errorCount++;
        byLine |= line > 0;
        if (++errorsOfRecord > MOST_OF_A_RECORD) {
            return;
        }
        if (records < Rejections.KEPT_RECORDS) {
            errors.add(new RecordError(index, line, Optional.empty(), field, fault.message(), Optional.of(kind)));
        }
        Key key = new Key(kind, field, fault.kind());
        Tally tally = kinds.get(key);
        if (tally == null) {
            if (kinds.size() >= MOST_KINDS) {
                return;
            }
            tally = new Tally();
            kinds.put(key, tally);
        }
        tally.count++;
        if (tally.places.size() < KIND_PLACES) {
            tally.places.add(line > 0 ? line : (long) index);
        }
    }

    /** A record turns out to be invalid after all have been read. */
    void add(LateFault late) {
        begin();
        add(late.index(), late.line(), Optional.of(late.field()), late.fault());
        end(late.externalId());
    }

    /** An invalid record ends; sources may give the external ID after the fields that are wrong, so it is filled in now. */
    void end(Optional<String> externalId) {
        records++;
        for (int i = firstOfRecord; i < errors.size() && externalId.isPresent(); i++) {
            errors.set(i, errors.get(i).withExternalId(externalId));
        }
    }

    Rejections rejections() {
        List<ErrorKind> counted = new ArrayList<>();
        kinds.forEach((key, tally) -> counted.add(new ErrorKind(
                key.field(),
                key.message(),
                tally.count,
                List.copyOf(tally.places),
                Optional.of(key.of()).filter(of -> mixed))));
        counted.sort(Comparator.comparingInt(ErrorKind::count).reversed());
        return new Rejections(records, errorCount, printable(), counted, byLine);
    }

    /** The errors by place. An ID with an at sign among others without is probably an email address, in a row whose cells have slipped. */
    private List<RecordError> printable() {
        boolean usual = 2 * (idsWithAt - 1) > ids - 1;
        return errors.stream()
                .map(error -> usual
                                || error.externalId()
                                        .filter(id -> id.indexOf('@') >= 0)
                                        .isEmpty()
                        ? error
                        : error.withExternalId(Optional.empty()))
                .sorted(Comparator.comparing((RecordError error) -> error.kind().orElse(BulkOperation.Kind.USERS))
                        .thenComparing(RecordError::index))
                .map(error -> mixed ? error : error.withoutKind())
                .toList();
    }
}
