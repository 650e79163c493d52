package dev.bulkuserimport.snapshot;

import dev.bulkuserimport.plan.Comparison;
import java.util.List;

/** Lists the people whom a file deactivates or takes out of a group if the application has no state to compare it with. */
public final class ListedLeavers implements Comparison {

    private final ChangeList changeList = new ChangeList();

    @Override
    public boolean deactivated(String externalId) {
        changeList.add(externalId, ChangeList.Change.DEACTIVATED, List.of());
        return true;
    }

    @Override
    public void removed(String externalId, String group) {
        changeList.add(externalId, ChangeList.Change.LEFT, group);
    }

    public ChangeList changeList() {
        return changeList;
    }
}
