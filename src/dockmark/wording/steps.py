"""The arithmetic behind each light, one sentence for each step, every number shown."""

from typing import Final

from dockmark.wording.lines import Saying, line, saying

_STANDS: Final = (
    line("It is {state_word}, at {place}, known since {since}."),
    line("It is {state_word}, known since {since}."),
    line("It is {state_word}, at {place}."),
    line("It is {state_word}."),
)

STEPS: Final[dict[str, Saying]] = {
    "warranty_rule": saying(
        line("The rule: the warranty of the supplier {supplier} runs from the day of receipt."),
        line("The rule: the supplier's warranty runs from the day of receipt."),
    ),
    "warranty_no_term": saying(
        line("No warranty term is entered for part {part}, so nothing can be worked out."),
        line("No warranty term is entered for this part, so nothing can be worked out."),
    ),
    "warranty_term": saying(line("The term of part {part}: {n_months}."), line("The term: {n_months}.")),
    "warranty_no_start": saying(line("The day of receipt is not known, so the term has no beginning.")),
    "warranty_start": saying(line("It began on {from}, the day of receipt.")),
    "warranty_month_end": saying(line("That month has no day {day}: its last day counts instead, {reached}.")),
    "warranty_end": saying(line("{from} plus {n_months} is {reached}. The last day is the one before: {until}.")),
    "warranty_days_left": saying(line("From {today} to {until}: {n_days} left.")),
    "warranty_last_day": saying(line("Today, {today}, is the last day.")),
    "warranty_days_over": saying(line("From {until} to {today}: over for {n_days}.")),
    "recall_none_known": saying(
        line("No recall is known for part {part}."), line("No recall is known for this part.")
    ),
    "recall_by_part": saying(
        line("{recall} calls back all of part {part}."),
        line("{recall} calls back all of this part."),
        line("A recall calls back all of this part."),
        plus=(line("The reason: {reason}."), line("Announced on {announced}.")),
    ),
    "recall_by_lot": saying(
        line("{recall} calls back lot {lot}, and this unit is of that lot."),
        line("{recall} calls back this unit's lot."),
        line("A recall calls back this unit's lot."),
        plus=(line("The reason: {reason}."), line("Announced on {announced}.")),
    ),
    "recall_by_serial": saying(
        line("{recall} calls back the serial {serial} by name."),
        line("{recall} calls back this serial by name."),
        line("A recall calls back this serial by name."),
        plus=(line("The reason: {reason}."), line("Announced on {announced}.")),
    ),
    "recall_by_range": saying(
        line("{recall} calls back the serials {first} to {last}, and {serial} lies between."),
        line("{recall} calls back a range that this serial lies in."),
        line("A recall calls back a range that this serial lies in."),
        plus=(line("The reason: {reason}."), line("Announced on {announced}.")),
    ),
    "recall_lifted_step": saying(
        line("{recall} was lifted again and does not count."), line("A recall was lifted again.")
    ),
    "recall_not_this": saying(
        line("{recall} is about other lots and serials of part {part}."),
        line("{recall} is about other lots and serials of this part."),
        line("A recall is about other lots and serials of this part."),
    ),
    "mark_no_serial": saying(line("It has no serial, so there is nothing that another unit could bear as well.")),
    "mark_scrapped": saying(
        line("A unit of the serial {serial} was scrapped; no other may bear it."),
        line("A unit of this mark was scrapped; no other may bear it."),
        plus=(saying(*_STANDS),),
    ),
    "mark_twin": saying(
        line("Another unit of this part bears the serial {serial} too."),
        line("Another unit bears the same mark."),
        plus=(saying(*_STANDS),),
    ),
    "mark_alike": saying(
        line("{other} of this part looks like {serial}."),
        line("Another serial of this part looks like it."),
        plus=(saying(*_STANDS),),
    ),
    "mark_alone": saying(
        line("No other unit of part {part} bears the serial {serial}."),
        line("No other unit of this part bears the serial {serial}."),
        line("No other unit bears this mark."),
    ),
    "mark_no_alike": saying(line("No serial of this part looks like {serial}."), line("No serial looks like it.")),
    "range_holds": saying(
        line("The maker issued {first} to {last}: {serial} lies between."),
        line("The serial lies in a range that the maker issued."),
    ),
    "range_holds_not": saying(
        line("The maker issued {first} to {last}: {serial} does not lie between."),
        line("The serial lies outside a range that the maker issued."),
    ),
    "range_none": saying(
        line("The maker of part {part} told no ranges of serials."), line("The maker told no ranges of serials.")
    ),
    "life_made": saying(line("It was made on {made}.")),
    "life_shelf": saying(line("The shelf life of part {part}: {n_days}."), line("The shelf life: {n_days}.")),
    "life_shelf_end": saying(line("{made} plus {n_days} is {until}.")),
    "life_no_expiry": saying(line("No expiry date was on the label, so the light has nothing to judge by.")),
    "life_expiry": saying(line("The expiry date on its label: {expiry}.")),
    "life_days_left": saying(line("From {today} to {until}: {n_days} left.")),
    "life_last_day": saying(line("Today, {today}, is the last day.")),
    "life_days_over": saying(line("From {until} to {today}: over for {n_days}.")),
    "life_rule": saying(line("The rule: the light warns in the last {n_days}.")),
    "owner_ours": saying(line("Nobody else was named as its owner, so it is ours.")),
    "owner_ours_by_order": saying(
        line("Order {order} names no other owner, so it is ours."),
        line("Its order names no other owner, so it is ours."),
    ),
    "owner_by_order": saying(
        line("Line {line} of order {order} says that it belongs to {owner}."),
        line("Order {order} says that it belongs to {owner}."),
        line("Its order says that it belongs to {owner}."),
    ),
    "owner_by_list": saying(
        line("The list that it was taken over from says that it belongs to {owner}."),
        line("The list that it was taken over from names another owner."),
    ),
    "owner_told": saying(
        line("It was said to belong to {owner} when it was received."),
        line("It was said to belong to somebody else when it was received."),
    ),
    "hold_none": saying(line("Nobody put it on hold, or every hold was released.")),
    "hold_since": saying(
        line("On hold since {at}, by {by}: {reason_word}."),
        line("On hold, by {by}: {reason_word}."),
        line("On hold: {reason_word}."),
        line("On hold."),
        plus=(line("“{note}”."),),
    ),
    "hold_second_person": saying(
        line("The rule: somebody other than {by} must release it, with a reason."),
        line("The rule: a second person must release it, with a reason."),
    ),
    "hold_not_you": saying(line("You put it on hold, so you may not release it.")),
    "hold_you_may": saying(line("You may release it.")),
}  # fmt: skip
