"""The rule that speaks loudest in a text, compiled: a folded text and where phrases stand in it in, a rule out.

A page has a hundred places where some rule's first phrase stands; few of these rules find their other
terms as well, and one of them decides. Sure rules give way to quotation marks and words of reporting, for
speech is somebody's words in the news, not the site's to its reader.
"""

from cleaner.label.bars import bar_of
from cleaner.label.phrasebook import ADDRESSING, KINDS, Rule, sought
from cleaner.label.search import EDGE
from cleaner.label.search cimport Alternatives, Pairs, add_pairs, bounded

cdef enum:
    # Where a rule, which is a named tuple, has its fields; as a tuple it is read without a call.
    LANGUAGE, LABEL, KIND, SURE, LIMIT, WANTS

if Rule._fields[:6] != ("language", "label", "kind", "sure", "limit", "wants"):
    raise TypeError("a rule has its fields in another order")

cdef str EDGE_SIGNS = EDGE


def loudest(book not None, str block not None, list heads not None, list places not None):
    """The best of the rules that hit a folded block: (rule, evidence, whether it is sure); None for none.

    `heads` and `places` are what `PhraseIndex.look` found.
    """
    cdef list found = [], matches = openings(book, block, heads) if heads else []
    if places:
        matches.extend(anywhere(book, block, places))
    if not matches:
        return None
    cdef Pairs pairs
    add_pairs(&pairs, block)
    for match in matches:
        evidence = evidence_of(block, &pairs, match)
        if evidence is not None:
            found.append((strength(match[0], evidence), match, evidence))
    if not found:
        return None
    if len(found) > 1:
        found.sort(key=first_of, reverse=True)
    for _, match, evidence in found:
        if (<tuple>match[0])[SURE] and stands(book, block, match):
            return match[0], evidence, True
    _, match, evidence = found[0]
    return match[0], evidence, False


def first_of(tuple found):
    return found[0]


cdef list openings(book, str block, list heads):
    """The rules of the phrases that a folded block opens with, given with where each begins.

    A match is (rule, the phrase of its first term as the file has it, begin, end). A phrase may itself
    begin with a sign of the edge, as a credit in brackets does. Of a rule's phrases the shortest names
    the hit, so the matches are put in order of their ends.
    """
    cdef dict matches = {}, opened = book.opened, barred = book.barred
    cdef Py_ssize_t start, end
    cdef str phrase, head
    if len(heads) > 1:
        heads = sorted(heads, key=place_of_end)
    for head, start in heads:
        end = start + len(head)
        for phrase, number in opened.get(head, ()):
            rule = book.rules[number]
            if number not in matches and len(block) <= (<tuple>rule)[LIMIT] and bounded(phrase, block, start, end):
                matches[number] = (rule, phrase, start, end)
        if head in barred:
            bar = bar_of(book, block, barred[head])
            if bar is not None and bar not in matches:
                matches[bar] = (book.rules[bar], head, start, end)
    return list(matches.values())


def place_of_end(tuple head):
    return head[1] + len(head[0]), head[1]


cdef list anywhere(book, str block, list places):
    """The rules the first term of which stands where it should in a block, each once."""
    cdef set seen = set()
    cdef list matches = []
    cdef Py_ssize_t start, end
    cdef tuple rules = book.rules, uses = book.uses, phrases = book.phrases
    for number, start, end in places:
        for use in uses[number]:
            rule = rules[use]
            if use in seen or len(block) > (<tuple>rule)[LIMIT]:
                continue
            if (<tuple>rule)[KIND] == "has" or not block[end:].strip(EDGE_SIGNS):
                seen.add(use)
                matches.append((rule, phrases[number], start, end))
    return matches


cdef str evidence_of(str block, const Pairs* pairs, tuple match):
    """What of the rule's terms stands in the block with these pairs of characters; None where one is missing.

    Of a rule for words anywhere, no others may stand within the first's: "in the comments" is not "comment*" too.
    """
    cdef str found = match[1].strip("*")
    cdef tuple wants = (<tuple>match[0])[WANTS]
    cdef Py_ssize_t number, start = match[2], end = match[3]
    if (<tuple>match[0])[KIND] != "has":
        end = start
    for number in range(1, len(wants)):
        phrase = (<Alternatives>sought(wants[number])).first_among(block, pairs, start, end)
        if phrase is None:
            return None
        found = f"{found} + {phrase}"
    return found


cdef Py_ssize_t strength(rule, str evidence) except -1:
    """Best first: a prompt to log in for commenting is named for the comment, not for the log-in."""
    cdef Py_ssize_t sure = (<tuple>rule)[SURE], kind = len(KINDS) - KINDS.index((<tuple>rule)[KIND]), named_first = (<tuple>rule)[LABEL] == "comment"
    cdef Py_ssize_t size = min(len(evidence), 0xFFFF), terms = min(len((<tuple>rule)[WANTS]), 0xFF)
    return sure << 40 | kind << 32 | named_first << 24 | terms << 16 | size


cdef bint stands(book, str block, tuple match) except -1:
    """Whether neither quotation marks around the match nor a word of reporting speak against the rule, and
    somebody is spoken to where its label asks for it."""
    rule, _, start, end = match
    if opened_quote(block, start) or (quotes_in(block, 0, start) % 2 == 1 and quotes_in(block, end, len(block))):
        return False
    if (<tuple>rule)[KIND] != "has":
        return True
    said = book.said.get((<tuple>rule)[LANGUAGE])
    if said is not None and said.first_in(block) is not None:
        return False
    if len((<tuple>rule)[WANTS]) == 1 or (<tuple>rule)[LABEL] not in ADDRESSING:
        return True
    you = book.you.get((<tuple>rule)[LANGUAGE])
    return you is None or you.first_in(block) is not None


cdef bint opened_quote(str block, Py_ssize_t end) except -1:
    """Whether a quotation opens before a place and does not end there: it may end sentences later.

    Told by marks that have a direction: of two kinds it depends on the language, which the first one shows.
    """
    cdef Py_ssize_t at, corners = 0, angles = 0, curls = 0
    cdef bint reversed_angles = False, low = False
    cdef Py_UCS4 char
    if block.isascii():
        return False
    for at in range(end):
        char = block[at]
        if char < 0xAB:
            continue
        if char in "「『":
            corners += 1
        elif char in "」』":
            corners -= 1
        elif char == "«" and not reversed_angles:
            angles += 1
        elif char == "»":
            reversed_angles |= angles == 0
            angles = max(0, angles - 1)
        elif char == "„":
            low = True
        elif char == "“" and not low:
            curls += 1
        elif char == "”":
            curls -= 1
    return corners > 0 or angles > 0 or curls > 0


cdef Py_ssize_t quotes_in(str block, Py_ssize_t start, Py_ssize_t end) except -1:
    cdef Py_ssize_t at, count = 0
    cdef Py_UCS4 char
    if block.isascii():
        return block.count('"', start, end)
    for at in range(start, end):
        char = block[at]
        count += char in "\"“”„«»「」『』"
    return count
