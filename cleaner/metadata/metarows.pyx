"""Meta elements and canonical links in, candidates out; compiled, for a page has dozens and most say nothing."""

from cleaner.metadata.candidates import Candidate

cdef object new = tuple.__new__
cdef tuple KINDS = ("property", "name", "itemprop", "http-equiv")  # attributes that can hold a meta element's name


def stated_in(elements not None, frozenset tags not None, dict fields not None, tuple rows not None):
    """Candidates of the elements whose names have a field, and the contents of those named like rows.

    `tags` are those of the elements that are asked, `fields` field and source by name, `rows`
    what the names of rows begin with.
    """
    cdef dict attributes, named = {}
    cdef list found = []
    cdef str name
    for element in elements:
        if element.tag not in tags:
            continue
        attributes = element.attributes
        if "href" in attributes:
            found.append(new(Candidate, ("url", attributes["href"], "link:canonical")))
            continue
        content = attributes.get("content") or attributes.get("value")
        if not content:
            continue
        for kind in KINDS:
            name = attributes.get(kind)
            if not name:
                continue
            known = fields.get(name)
            if known is None:
                name = name.strip().lower()
                known = fields.get(name)
            if known is not None:
                field, source = known
                found.append(new(Candidate, (field, content, source)))
                break
            if name.startswith(rows):
                named[name] = content
                break
    return found, named
