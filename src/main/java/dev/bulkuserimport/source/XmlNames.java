package dev.bulkuserimport.source;

import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;

/**
 * Limits the number of different names of elements, attributes and namespaces in an XML part. The parser keeps each of them, and looking
 * one up takes longer the more there are: a megabyte of names would cost minutes.
 */
final class XmlNames {

    /** The most names in one part. All parts of a workbook together have fewer. */
    private static final int MOST = 2_000;

    /** The most attributes of an element; in workbooks there are about twenty. */
    private static final int MOST_ATTRIBUTES = 1_000;

    private static final int DEPTHS = 16;
    private static final int POSITIONS = 16;

    private final Set<String> met = new HashSet<>();

    /**
     * The latest names by depth and position. The parser has one instance of each name, and a sheet's rows and cells have the same ones again
     * and again, so almost all are recognized without looking them up.
     */
    private final String[] latest = new String[DEPTHS * POSITIONS];

    /** Counts the names of the element at whose start a reader is. */
    void meet(XMLStreamReader xml, int depth) {
        int attributes = xml.getAttributeCount();
        int namespaces = xml.getNamespaceCount();
        if (attributes + namespaces > MOST_ATTRIBUTES) {
            throw tooMany();
        }
        int slot = depth % DEPTHS * POSITIONS;
        meet(xml.getPrefix(), xml.getLocalName(), slot);
        for (int i = 0; i < attributes; i++) {
            meet(xml.getAttributePrefix(i), xml.getAttributeLocalName(i), slot + 1 + i % (POSITIONS - 1));
        }
        for (int i = 0; i < namespaces; i++) {
            add("xmlns:" + xml.getNamespacePrefix(i));
        }
    }

    private void meet(String prefix, String name, int slot) {
        if (prefix != null && !prefix.isEmpty()) {
            add(prefix + ":" + name);
        } else if (latest[slot] != name) {
            latest[slot] = name;
            add(name);
        }
    }

    private void add(String name) {
        met.add(name);
        if (met.size() > MOST) {
            throw tooMany();
        }
    }

    private static RuntimeException tooMany() {
        return Malformed.whole(
                "The workbook (.xlsx) is damaged: it has more different XML names than a valid workbook");
    }
}
