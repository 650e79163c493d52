package dev.bulkuserimport.source;

import dev.bulkuserimport.plan.RecordSource;
import java.util.List;

/** A JSON document: a payload, or an array of users. */
final class JsonFormat extends ObjectFormat {

    @Override
    public String name() {
        return "json";
    }

    @Override
    public List<String> endings() {
        return List.of(".json");
    }

    @Override
    boolean areLines() {
        return false;
    }

    @Override
    public RecordSource records(FileContent file) {
        return new PayloadReader(file::json, file.defaults());
    }
}
