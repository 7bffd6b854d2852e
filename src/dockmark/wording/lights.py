"""The arithmetic of the six lights."""

from typing import Final

from dockmark.wording.lines import Saying, many, say, saying

LIGHTS: Final[dict[str, Saying]] = {
    "warranty_terms_unknown": saying(say("no terms are known for this part")),
    "warranty_start_unknown": saying(
        say("{n_months}, but the day of receipt is not known"),
        say("the day of receipt is not known"),
    ),
    "warranty_runs": saying(
        say("{n_months} from {from}, runs until {until}, {n_days} left"),
        say("{n_months} from {from}, runs until {until}"),
        say("runs until {until}"),
        say("runs"),
    ),
    "warranty_over": saying(
        say("{n_months} from {from}, ended on {until}, {n_days} ago"),
        say("{n_months} from {from}, ended on {until}"),
        say("ended on {until}"),
        say("ended"),
    ),
    "not_recalled": saying(say("no recall is known")),
    "recalled": saying(
        say("{recall}: {reason}; called back is {by_word}"),
        say("{recall}: called back is {by_word}"),
        say("{recall}: {reason}"),
        say("{recall}"),
        say("called back"),
    ),
    "scrapped_seen": saying(say("a unit of this mark was scrapped")),
    "mark_alive_twice": saying(
        say("the same mark exists elsewhere: {elsewhere_word}"),
        say("the same mark exists elsewhere"),
    ),
    "outside_makers_ranges": saying(say("the serial is outside the maker's ranges")),
    "inside_makers_ranges": saying(say("the serial is inside the maker's ranges")),
    "looks_like_another": saying(
        say("the serial looks like {others}"),
        say("the serial looks like another one"),
    ),
    "nothing_against_it": saying(say("nothing speaks against it")),
    "no_expiry": saying(say("no expiry date")),
    "expired": saying(
        say("expired on {expiry}, {n_days} ago"),
        say("expired on {expiry}"),
        say("expired"),
    ),
    "expires_soon": saying(
        say("expires today", when={"days": 0}),
        say("expires on {expiry}, in {n_days}"),
        say("expires on {expiry}"),
        say("expires soon"),
    ),
    "expires_later": saying(
        say("expires on {expiry}, in {n_days}"),
        say("expires on {expiry}"),
        say("not expired"),
    ),
    "ours": saying(say("ours")),
    "somebody_elses": saying(say("belongs to {owner}"), say("belongs to somebody else")),
    "not_held": saying(say("not on hold")),
    "held": saying(
        say("{reason_word}, by {by}"),
        say("{reason_word}"),
        say("on hold"),
        plus=(many("({count} holds)", "({count} holds)", "count", least=2),),
    ),
}
"""Without the light's own name before it; the same code may mean something else in an answer."""
