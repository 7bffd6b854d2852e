"""The page of an evidence folder that people read: plain HTML, without a script, a link to the net or a font."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from dockmark.wording import _

_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#17202a;"
    "background:#fff}"
    "h1{font-size:1.6em;margin:0}h2{font-size:1.15em;margin:2em 0 .5em}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4em .8em .4em 0;"
    "border-bottom:1px solid #ccd1d6}th{font-weight:600}code{background:#f1f3f5;padding:.1em .3em;"
    "overflow-wrap:anywhere}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1.5em}dt{font-weight:600}dd{margin:0}"
    "@media print{body{margin:0;max-width:none}}"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One event of the history in words: when, who, what, and the checkpoint that covers it."""

    when: str
    who: str
    what: str
    checkpoint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the page says. Everything in it is data, and shown as it is."""

    title: str
    facts: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    documents: Sequence[tuple[str, str]]
    """Name in the folder, and what it is."""
    notes: Sequence[str]
    language: str = "en"


def evidence_page(page: Page) -> bytes:
    """The page as it is written into the folder."""
    parts = [
        "<!DOCTYPE html>", f'<html lang="{escape(page.language)}"><head><meta charset="utf-8">',
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
        f"<title>{escape(page.title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(page.title)}</h1>", _facts(page), _prove(), _history(page), _documents(page), _notes(page),
        "</body></html>\n",
    ]  # fmt: skip
    return "\n".join(part for part in parts if part).encode()


def _facts(page: Page) -> str:
    told = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in page.facts)
    return f"<dl>{told}</dl>"


def _prove() -> str:
    words = (
        _("This folder proves itself. A computer with Python and its library “cryptography” is enough:"),
        _("With a paper of the depot in hand, type the checkpoint from its foot as well:"),
        _("What is checked is written down in FORMAT.md."),
    )
    title = _("How to check it")
    return (
        f"<h2>{escape(title)}</h2><p>{escape(words[0])}</p><p><code>python verify.py</code></p>"
        f"<p>{escape(words[1])}</p><p><code>python verify.py --checkpoint &quot;DMK1 …&quot;</code></p>"
        f"<p>{escape(words[2])}</p>"
    )


def _history(page: Page) -> str:
    if not page.rows:
        return ""
    heads = (_("When (UTC)"), _("Who"), _("What happened"), _("Checkpoint"))
    head = "".join(f"<th>{escape(each)}</th>" for each in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(each)}</td>" for each in (row.when, row.who, row.what, row.checkpoint)) + "</tr>"
        for row in page.rows
    )
    title = escape(_("What happened"))
    return f"<h2>{title}</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _documents(page: Page) -> str:
    if not page.documents:
        return ""
    told = "".join(f"<li>{escape(what)}: <code>{escape(name)}</code></li>" for name, what in page.documents)
    return f"<h2>{escape(_('Documents'))}</h2><ul>{told}</ul>"


def _notes(page: Page) -> str:
    title = _("Please note")
    return f"<h2>{escape(title)}</h2><ul>{''.join(f'<li>{escape(each)}</li>' for each in page.notes)}</ul>"
