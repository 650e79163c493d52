package dev.bulkuserimport.source;

import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;

/**
 * The different names that elements, attributes and namespaces of an XML part have. The parser keeps each of them, and takes the longer to
 * find one the more there are: a megabyte of names would cost minutes.
 */
final class XmlNames {

    /** Names of one part. Those of all of a workbook's parts together are fewer. */
    private static final int MOST = 2_000;

    /** Attributes of one element; a workbook's have about twenty. */
    private static final int MOST_ATTRIBUTES = 1_000;

    private final Set<String> met = new HashSet<>();

    /** Takes the names of the element that a reader stands on the start of. */
    void meet(XMLStreamReader xml) {
        int attributes = xml.getAttributeCount();
        int namespaces = xml.getNamespaceCount();
        if (attributes + namespaces > MOST_ATTRIBUTES) {
            throw tooMany();
        }
        meet(xml.getPrefix(), xml.getLocalName());
        for (int i = 0; i < attributes; i++) {
            meet(xml.getAttributePrefix(i), xml.getAttributeLocalName(i));
        }
        for (int i = 0; i < namespaces; i++) {
            meet("xmlns", String.valueOf(xml.getNamespacePrefix(i)));
        }
    }

    private void meet(String prefix, String name) {
        met.add(prefix == null || prefix.isEmpty() ? name : prefix + ":" + name);
        if (met.size() > MOST) {
            throw tooMany();
        }
    }

    private static RuntimeException tooMany() {
        return Malformed.whole("The workbook (.xlsx) is damaged: it has more different names than a workbook has");
    }
}
