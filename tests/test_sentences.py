"""Sentences and seams: where a line may be cut, and the names and numbers where it may not."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner.segment.sentences as module
from cleaner.model import Block
from cleaner.segment.glue import GlueFinder
from cleaner.segment.sentences import seams, sentence_spans, split_at_seams, split_sentences
from cleaner.segment.signs import DENSE_STOPS, STOPS
from cleaner.segment.stops import first_stop, last_stop

WORDS = Path(module.__file__).parent / "words"


def cut(text: str, cuts: list[int]) -> str:
    bounds = [0, *cuts, len(text)]
    return "|".join(text[begin:end] for begin, end in pairwise(bounds))


def sentences(text: str) -> str:
    return "|".join(text[begin:end].strip() for begin, end in sentence_spans(text))


@pytest.mark.parametrize(
    "marked",
    [
        "Every gift makes a difference.|The bridge will open in May.",
        "Reload the page to be logged in|Please try again later.",
        "Sign up for our newsletters|Subscribe today.",
        "Cases of COVID-19.|The mayor said so.",
        "He said “no”.|The council agreed.",
        "He said “no.”|The council agreed.",
        "It is over (for now).|The council agreed.",
        "Is it over?|Yes, it is!|Good.",
        "It is over.|▶ Watch the speech",
        "«È finita.»|© Riproduzione riservata",
        "It is over.|“We won”, he said.",
        "It is over.|(He agreed.)",
        'She said "no."|He left.',
        "Roe|The mayor of Northshore said so.",
        "In 2022|The year was wet.",
        "It began in 2019.|The council agreed.",
        "And then…|The bridge fell.",
        "Es macht den Unterschied.|Der Bürgermeister kam.",
        "Cela change tout.|À Rivenord, le maire parle.",
        "Это меняет всё.|Мэр сказал да.",
        "Αλλάζει τα πάντα.|Ο δήμαρχος είπε.",
        "هذا مهم.|وقال الرئيس نعم.",
        "The U.K.-based firm closed.|A spokesman declined.",
        "장관이 말했다.|이미 회원이신가요?",
        "Sign up today.|15:12 – The debate goes on.",
        "Kein Kommentar.|2. Gibt es Ersatz?",
    ],
)
def test_seams_are_found(marked: str) -> None:
    line = marked.replace("|", "")
    assert cut(line, seams(line)) == marked


@pytest.mark.parametrize(
    "line",
    [
        "the U.N.Security Council",
        "from A→B, for 3▶4 and © 2025",
        "▶ Watch the speech",
        "an iPhone, a McDonald and YouTube",
        "e.g.X and i.e.Y",
        "3.5M people and 1.2K more",
        "see example.com or Example.Com or www.Example.com",
        "written in Node.js for ASP.NET",
        "O.J.Simpson and J.R.R.Tolkien",
        "a Ph.D. student, two M.Sc.s",
        "LinkedIn, WhatsApp, PlayStation, QuestionPro and CinemaCon 2023",
        "die LehrerInnen und KollegInnen",
        "the getElementById call",
        "#BlackLivesMatter and @JaneRoeNews",
        "https://news.example/Story?Id=1.The.End",
        "Mr.Roe and Dr.No of St.Louis",
        "on Jan.5 and in No.10",
        "mRNA, GmbH, PhD, AfD, eBay, macOS",
        "at 7Eleven in 5G",
        "Fianna Fáil agus an bhFuil hÉireann",
        "amaphoyisa kaMasipala weTheku",
        "改造したiPhoneを販売",
        "1.FC Nordstadt",
        "version.2. and no.5. of vol.12",
        "3.1운동과 8.15 광복",
        "O’Neill and D’Angelo said ‘No’",
        "J.Roe (USA) 3:02.11",
        "Mary-Jane Roe/Northshore News",
    ],
)
def test_names_numbers_and_addresses_are_not_seams(line: str) -> None:
    assert cut(line, seams(line)) == line


@pytest.mark.parametrize(
    "marked",
    [
        "The bridge opened.|It cost 3.5 million.|“Why?” she asked.|Nobody knew!|The end.",
        "He met Mr. Roe of the U.S. Senate at 5 p.m. on Jan. 5.|It rained.",
        "Answer No. 5 was wrong.|He said no.|They left.",
        "Prof. J. R. Roe lives at example.com.|See there.",
        "Am 5. Mai 2022 kam er an.|Dr. Muster ging z.B. nach Hause.",
        "Il habite à St. Rive.|Mme. Roe l’a dit.|« Oui. »|Elle part.",
        "Han kom sen.|Det var allt, sade hon.|Sedan gick de.",
        "東京は雨だ。|「本当か。」と彼は言った。|明日は晴れる！|よし。",
        "北滨下雨了。|他说：“好。”|大家都走了？|是的。",
        "비가 왔다.|시장은 말했다.|끝.",
        "هل هذا صحيح؟|نعم.|قال الرئيس ذلك.",
        "کیا یہ سچ ہے؟|جی ہاں۔|میئر نے یہ کہا۔",
        "पुल मई में खुलेगा।|क्या यह सच है?|महापौर ने कहा, “हाँ।”|बस।",
        "সেতু মে মাসে খুলবে।|মেয়র বলেছেন।",
        "Կամուրջը կբացվի։|Քաղաքապետն ասաց։",
        "ድልድዩ ይከፈታል።|ከንቲባው ተናገሩ።",
        "ស្ពាននឹងបើក។|អភិបាលបាននិយាយ។",
        "တံတား ဖွင့်မည်။|မြို့တော်ဝန် ပြောသည်။",
        "Τι είναι αυτό;|Δεν ξέρω.|Τέλος.",
        "Он сказал: «Да».|В 2021 г. был мост, т.е. дорога.|Конец.",
        "Wait... what?|He left...|They stayed.",
        "First; second.|Third.",
        "(All of it.)|[Some of it.]|He left.",
        "Give today.The bridge opened.|It rained.".replace("today.", "today.|"),
        "One line\nof a wrapped text.|Another.",
        "No stop here|\n\nand a new paragraph".replace("|\n\n", "\n\n|"),
    ],
)
def test_sentences(marked: str) -> None:
    text = marked.replace("\n\n|", "\n\n")
    for stop in f"{STOPS};)”»]":
        text = text.replace(f"{stop}|", f"{stop} " if stop not in DENSE_STOPS else stop)
    text = text.replace("today. The bridge", "today.The bridge").replace("” ", "” ").replace("|", "")
    assert sentences(text) == marked.replace("\n\n|", "|")


@given(st.text(alphabet=st.sampled_from("aBé. \n!?。”\"'“()«»1ОяΩقA…-;|"), max_size=200))
def test_spans_tile_any_text(text: str) -> None:
    spans = sentence_spans(text)
    assert "".join(text[begin:end] for begin, end in spans) == text
    assert all(begin < end for begin, end in spans)


@given(st.text(alphabet=st.sampled_from("aBé. \n!?。”Ωق"), min_size=1, max_size=120))
def test_pieces_have_exact_offsets_and_lose_nothing(text: str) -> None:
    stripped = text.strip()
    if not stripped:
        return
    block = Block(stripped, 100, 100 + len(stripped), "item", 2)
    for pieces in (split_sentences(block), split_at_seams(block)):
        assert all(piece.text == stripped[piece.start - 100 : piece.end - 100] for piece in pieces)
        assert "".join("".join(p.text.split()) for p in pieces) == "".join(stripped.split())
        assert pieces[0].shape == "item"


def test_a_block_without_a_cut_stays_itself() -> None:
    block = Block("One sentence only.", 5, 23, "heading", 2, link_chars=None)
    assert split_sentences(block) == (block,) == split_at_seams(block)


def test_later_pieces_are_paragraphs() -> None:
    pieces = split_at_seams(Block("- Give today.The bridge opened.", 0, 31, "item"))
    assert [(piece.text, piece.shape, piece.start) for piece in pieces] == [
        ("- Give today.", "item", 0),
        ("The bridge opened.", "paragraph", 13),
    ]


@pytest.mark.parametrize("unit", [". ", "\n", "a.B", ".\n\n", "”", "A", "a B. ", "。", " ", "?!", "(A."])
def test_cost_grows_with_length_only(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.perf_counter()
    sentence_spans(text)
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("path", sorted(WORDS.glob("*.toml")), ids=lambda path: path.stem)
def test_word_lists_do_what_they_say(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for word in table["abbreviations"]:
        assert len(sentence_spans(f"Xxx {word}. Xxx yyy.")) == 1, word
        assert len(sentence_spans(f"Xxx {word}qq. Xxx yyy.")) == 2, word
    for word in table["before_number"]:
        assert len(sentence_spans(f"Xxx {word}. 12 yyy.")) == 1, word
        if len(word) > 1 and word not in module._words().abbreviations:
            assert len(sentence_spans(f"Xxx {word}. Xxx yyy.")) == 2, word
    for word in table["after_ordinal"]:
        assert len(sentence_spans(f"Xxx 5. {word.title()} yyy.")) == 1, word
        assert len(sentence_spans(f"Xxx 5. {word.title()}qq yyy.")) == 2, word
    for word in table["openers"]:
        line = f"Xxxx{word.capitalize()} yyy"
        assert seams(line) == ([4] if len(word) > 2 else []), word


@given(st.text(st.sampled_from("aZé.!”( 7٣אÖ가\n’x…▶👉"), max_size=30))
def test_places_of_glue_are_those_of_plain_python(line: str) -> None:
    begins, ends, letters, stops = "ZÖא가", "aéx7.!”(’…", "aéxא가", ".!…"
    places, numbered, signs = GlueFinder(begins, ends, letters, stops, "▶👉").find(line)
    assert signs == [i for i in range(1, len(line)) if line[i] in "▶👉"]
    assert places == [i for i in range(1, len(line)) if line[i] in begins and line[i - 1] in ends]
    glued = (line[i - 2] in letters and line[i - 1] in stops for i in range(2, len(line)) if line[i] in "7٣")
    assert numbered == any(glued)


@given(st.text(st.sampled_from(f"aZ;, \n{STOPS}"), max_size=20), st.integers(0, 20))
def test_stops_are_those_of_plain_python(text: str, place: int) -> None:
    behind = [i + 1 for i, char in enumerate(text) if char in STOPS]
    assert first_stop(text, place) == next((at for at in behind if at > place), len(text))
    if place <= len(text):
        assert last_stop(text, place) == max((at for at in behind if at <= place), default=0)
    else:
        with pytest.raises(IndexError):
            last_stop(text, place)


def test_full_stops_behind_abbreviations_take_no_time_of_their_own() -> None:
    line = "Dr. \U0001f600 " * 60_000
    begun = time.process_time()
    assert len(list(sentence_spans(line))) == 1
    assert time.process_time() - begun < 1.5
