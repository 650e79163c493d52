package dev.bulkuserimport.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bulkuserimport.base.ByteChunks;
import dev.bulkuserimport.base.JsonInput;
import dev.bulkuserimport.rules.BulkOperation;
import dev.bulkuserimport.rules.OktaLimits;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A session's bulk requests, ready to be sent in order: all records are checked, all limits are met. */
public final class SessionPlan {

    /** The position of a person who isn't in the source because they are gone from a snapshot. Indexes begin at 0. */
    public static final int NOWHERE = -1;

    /** A plan without requests. */
    public static final SessionPlan EMPTY = new SessionPlan(1, new ByteChunks(), List.of(), new int[0], 0, Map.of());

    /** The start of a stored plan: its kind and format version. */
    private static final int MAGIC = 0x42554933;

    private static final int MOST_BYTES = OktaLimits.REQUESTS_PER_SESSION * OktaLimits.BYTES_PER_REQUEST;

    private final int number;
    private final ByteChunks bytes;
    private final List<BulkRequest> requests;
    private final int[] positions;
    private final int items;
    private final Map<Integer, Members> members;

    /**
     * The members in a membership item.
     *
     * @param first the index of the first one in its membership, from 0
     * @param last the index of the last one
     * @param count the number of members sent
     * @param isCut whether other items contain the rest of the membership
     * @param lastPlace the last place that they come from: as many rows make one item
     */
    public record Members(int first, int last, int count, boolean isCut, int lastPlace) {}

    /**
     * @param number the session's number, from 1
     * @param positions the position of each item in the source
     * @param members the members of each membership, by item
     */
    SessionPlan(
            int number,
            ByteChunks bytes,
            List<BulkRequest> requests,
            int[] positions,
            int items,
            Map<Integer, Members> members) {
        this.number = number;
        this.bytes = bytes;
        this.requests = List.copyOf(requests);
        this.positions = positions;
        this.items = items;
        this.members = Map.copyOf(members);
    }

    /** The session's number among those of its import, from 1. */
    public int number() {
        return number;
    }

    public List<BulkRequest> requests() {
        return requests;
    }

    /** The number of users that the plan sends, upserts and deletes. */
    public int users() {
        return requests.stream().mapToInt(BulkRequest::users).sum();
    }

    /** The number of groups in a request. */
    public int groups(BulkRequest request) {
        return request.operation().kind() == BulkOperation.Kind.GROUPS ? request.items() : 0;
    }

    /** The number of pairs of a group and a member in a request. */
    public int memberships(BulkRequest request) {
        int pairs = 0;
        for (int i = request.firstRecord(); i < request.firstRecord() + request.items(); i++) {
            pairs += members(i).map(Members::count).orElse(0);
        }
        return pairs;
    }

    /** Whether it contains more than users. */
    public boolean isMixed() {
        return requests.stream().anyMatch(request -> request.operation().kind() != BulkOperation.Kind.USERS);
    }

    /** The members in an item; empty for a user or a group. */
    public Optional<Members> members(int item) {
        return Optional.ofNullable(members.get(item));
    }

    /** How many of the users are deactivated. */
    public int deactivations() {
        return requests.stream()
                .filter(request -> request.operation() == BulkOperation.DELETE_USERS)
                .mapToInt(BulkRequest::users)
                .sum();
    }

    /** The first position of the {@code count} records from {@code record} on; 0 if none of them has one. */
    public int firstPlace(int record, int count) {
        int first = Integer.MAX_VALUE;
        for (int i = record; i < record + count; i++) {
            if (positions[i] != NOWHERE) {
                first = Math.min(first, positions[i]);
            }
        }
        return first == Integer.MAX_VALUE ? 0 : first;
    }

    /** The last position of the {@code count} records from {@code record} on; 0 if none of them has one. */
    public int lastPlace(int record, int count) {
        int last = 0;
        for (int i = record; i < record + count; i++) {
            last = Math.max(last, members.isEmpty() ? positions[i] : lastPlace(i));
        }
        return last;
    }

    private int lastPlace(int item) {
        return members(item).map(Members::lastPlace).orElse(positions[item]);
    }

    /** The first place of the records of a kind; 0 when none of them stood anywhere. */
    public int firstPlace(BulkOperation.Kind kind) {
        return ofKind(kind)
                .flatMapToInt(
                        request -> IntStream.range(request.firstRecord(), request.firstRecord() + request.items()))
                .map(item -> positions[item])
                .filter(place -> place != NOWHERE)
                .min()
                .orElse(0);
    }

    /** The last place of the records of a kind; 0 when none of them stood anywhere. */
    public int lastPlace(BulkOperation.Kind kind) {
        return ofKind(kind)
                .mapToInt(request -> lastPlace(request.firstRecord(), request.items()))
                .max()
                .orElse(0);
    }

    private Stream<BulkRequest> ofKind(BulkOperation.Kind kind) {
        return requests.stream().filter(request -> request.operation().kind() == kind);
    }

    /** The body of a bulk request in parts, at most {@link OktaLimits#BYTES_PER_REQUEST} bytes, not copied. */
    public List<ByteBuffer> body(BulkRequest request) {
        List<ByteBuffer> body = new ArrayList<>();
        body.add(ByteBuffer.wrap(request.operation().envelopeStart()));
        body.addAll(records(request));
        body.add(ByteBuffer.wrap(request.operation().envelopeEnd()));
        return body;
    }

    /** The body of a bulk request as a stream. */
    public InputStream bodyStream(BulkRequest request) {
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(request.operation().envelopeStart()),
                recordsStream(request),
                new ByteArrayInputStream(request.operation().envelopeEnd()))));
    }

    /** Reads a bulk request's records back: a parser at the start of the array that holds them. */
    public JsonParser openRecords(BulkRequest request) throws IOException {
        JsonParser json = JsonInput.FACTORY.createParser(bodyStream(request));
        while (json.nextToken() != JsonToken.START_ARRAY) {
            // The envelope.
        }
        return json;
    }

    /** Only a bulk request's records, as JSON separated by commas. */
    public InputStream recordsStream(BulkRequest request) {
        return bytes.stream(request.offset(), request.length());
    }

    /** The same, not copied. */
    List<ByteBuffer> records(BulkRequest request) {
        return bytes.slices(request.offset(), request.length());
    }

    /** Releases the memory. Call this only when every request has been answered, so that no connection can still be sending from it. */
    public void release() {
        bytes.release();
    }

    /** Stores the plan, including profile values, so that another invocation can send it. */
    public void writeTo(OutputStream target) throws IOException {
        DataOutputStream out = new DataOutputStream(target);
        out.writeInt(MAGIC);
        out.writeInt(number);
        out.writeInt(items);
        out.writeInt(requests.size());
        for (BulkRequest request : requests) {
            out.writeByte(request.operation().ordinal());
            out.writeInt(request.firstRecord());
            out.writeInt(request.items());
            out.writeInt(request.offset());
            out.writeInt(request.length());
        }
        for (int i = 0; i < items; i++) {
            out.writeInt(positions[i]);
        }
        out.writeInt(members.size());
        for (Map.Entry<Integer, Members> entry : members.entrySet()) {
            out.writeInt(entry.getKey());
            out.writeInt(entry.getValue().first());
            out.writeInt(entry.getValue().last());
            out.writeInt(entry.getValue().count());
            out.writeBoolean(entry.getValue().isCut());
            out.writeInt(entry.getValue().lastPlace());
        }
        out.writeInt(bytes.size());
        bytes.stream().transferTo(out);
        out.flush();
    }

    /**
     * Reads a stored plan.
     *
     * @throws StreamCorruptedException when the bytes aren't a plan
     */
    public static SessionPlan readFrom(InputStream source) throws IOException {
        DataInputStream in = new DataInputStream(source);
        if (in.readInt() != MAGIC) {
            throw new StreamCorruptedException("not a session plan");
        }
        int number = in.readInt();
        int items = bounded(in.readInt(), OktaLimits.USERS_PER_SESSION);
        int count = bounded(in.readInt(), OktaLimits.REQUESTS_PER_SESSION);
        List<BulkRequest> requests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            BulkOperation operation = BulkOperation.values()[bounded(in.readByte(), BulkOperation.values().length - 1)];
            requests.add(new BulkRequest(operation, in.readInt(), in.readInt(), in.readInt(), in.readInt()));
        }
        int[] positions = new int[items];
        for (int i = 0; i < items; i++) {
            positions[i] = in.readInt();
        }
        Map<Integer, Members> members = new HashMap<>();
        for (int left = bounded(in.readInt(), items); left > 0; left--) {
            members.put(
                    in.readInt(),
                    new Members(in.readInt(), in.readInt(), in.readInt(), in.readBoolean(), in.readInt()));
        }
        int length = bounded(in.readInt(), MOST_BYTES);
        ByteChunks bytes = ByteChunks.read(in, length);
        if (bytes.size() != length) {
            throw new StreamCorruptedException("a session plan was cut off");
        }
        return new SessionPlan(number, bytes, requests, positions, items, members);
    }

    private static int bounded(int number, int most) throws StreamCorruptedException {
        if (number < 0 || number > most) {
            throw new StreamCorruptedException("not a session plan");
        }
        return number;
    }
}
