"""The arithmetic of the six lights."""

from typing import Final

from dockmark.wording.lines import Saying, line, plural, saying

LIGHTS: Final[dict[str, Saying]] = {
    "warranty_terms_unknown": saying(line("no terms are known for this part")),
    "warranty_start_unknown": saying(
        line("{n_months}, but the day of receipt is not known"),
        line("the day of receipt is not known"),
    ),
    "warranty_runs": saying(
        line("{n_months} from {from}, runs until {until}, {n_days} left"),
        line("{n_months} from {from}, runs until {until}"),
        line("runs until {until}"),
        line("runs"),
    ),
    "warranty_over": saying(
        line("{n_months} from {from}, ended on {until}, {n_days} ago"),
        line("{n_months} from {from}, ended on {until}"),
        line("ended on {until}"),
        line("ended"),
    ),
    "not_recalled": saying(line("no recall is known")),
    "recalled": saying(
        line("{recall}: {reason}; called back is {by_word}"),
        line("{recall}: called back is {by_word}"),
        line("{recall}: {reason}"),
        line("{recall}"),
        line("called back"),
    ),
    "scrapped_seen": saying(line("a unit of this mark was scrapped")),
    "mark_alive_twice": saying(
        line("the same mark exists elsewhere: {elsewhere_word}"),
        line("the same mark exists elsewhere"),
    ),
    "parted": saying(
        line("somebody looked: another unit bears the same mark: {elsewhere_word}"),
        line("somebody looked: another unit bears the same mark"),
    ),
    "outside_makers_ranges": saying(line("the serial is outside the maker's ranges")),
    "inside_makers_ranges": saying(line("the serial is inside the maker's ranges")),
    "looks_like_another": saying(
        line("the serial looks like {others}"),
        line("the serial looks like another one"),
    ),
    "nothing_against_it": saying(line("nothing speaks against it")),
    "no_expiry": saying(line("no expiry date")),
    "expired": saying(
        line("expired on {expiry}, {n_days} ago"),
        line("expired on {expiry}"),
        line("expired"),
    ),
    "expires_soon": saying(
        line("expires today", when={"days": 0}),
        line("expires on {expiry}, in {n_days}"),
        line("expires on {expiry}"),
        line("expires soon"),
    ),
    "expires_later": saying(
        line("expires on {expiry}, in {n_days}"),
        line("expires on {expiry}"),
        line("not expired"),
    ),
    "ours": saying(line("ours")),
    "somebody_elses": saying(line("belongs to {owner}"), line("belongs to somebody else")),
    "not_held": saying(line("not on hold")),
    "held": saying(
        line("{reason_word}, by {by}"),
        line("{reason_word}"),
        line("on hold"),
        plus=(plural("({count} holds)", "({count} holds)", "count", least=2),),
    ),
}
"""Without the light's own name before it; the same code may mean something else in an answer."""
