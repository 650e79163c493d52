package dev.bulkuserimport.source;

import dev.bulkuserimport.plan.RecordSource;
import java.util.List;

/** One JSON object per line, each a user. */
final class LinesFormat extends ObjectFormat {

    @Override
    public String name() {
        return "ndjson";
    }

    @Override
    public List<String> endings() {
        return List.of(".ndjson", ".jsonl");
    }

    @Override
    boolean areLines() {
        return true;
    }

    @Override
    public RecordSource records(FileContent file) {
        return new LinesSource(file.options(), file.mapping(), file::json);
    }
}
