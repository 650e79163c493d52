package dev.bulkuserimport.source;

import com.fasterxml.jackson.core.JsonParser;
import dev.bulkuserimport.mapping.MappedObjects;
import dev.bulkuserimport.mapping.Mapping;
import dev.bulkuserimport.plan.RecordSink;
import dev.bulkuserimport.plan.SchemaKnowledge;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How the objects of a JSON source become records: as users, or by a mapping. */
interface RecordObjects {

    /**
     * Reads the object at whose first token the parser is.
     *
     * @param line its line in the file; 0 if records aren't lines
     */
    void read(long line) throws IOException;

    /**
     * The source has ended.
     *
     * @return the names of members that were not sent
     */
    List<String> end();

    /**
     * @param isFile whether they are a file's, in which each person must have a login if the mapping makes logins
     * @throws dev.bulkuserimport.problem.ProblemException when a mapping produces a property that the application doesn't have
     */
    static RecordObjects of(
            JsonParser json, RecordSink records, SchemaKnowledge schema, Optional<Mapping> mapping, boolean isFile) {
        if (mapping.isEmpty()) {
            UserReader users = new UserReader(json, records);
            users.requireIn(schema);
            return users;
        }
        if (records.takesProfiles()) {
            SchemaCheck.MAPPING.check(mapping.get().properties(), schema);
        }
        if (isFile) {
            mapping.get().requireLogin(records);
        }
        MappedObjects objects = new MappedObjects(mapping.get(), records);
        return new RecordObjects() {
            @Override
            public void read(long line) throws IOException {
                objects.read(json, line);
            }

            @Override
            public List<String> end() {
                objects.refuseUnmet();
                return objects.ignoredColumns().stream().map(ColumnNames::shown).toList();
            }
        };
    }
}
