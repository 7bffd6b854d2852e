"""Orders: lines by whatever name a file gives them."""

import orjson
import pytest

from dockmark.lookup import deliveries
from tests.desks.importing.conftest import Shop

ORDERS = (
    "po_line_id,part_no,supplier_id,ordered_date,promised_date,qty_ordered,unit_price_usd\n"
    "PO1-1,PSU,S1,2026-01-10,2026-03-05,3,285.56\n"
    "PO1-2,FAN,S1,2026-01-09,2026-03-01,2,86.85\n"
    "PO2-1,GREASE,S2,2026-02-01,,50,\n"
)


def test_orders_are_new_then_the_same(stocked: Shop) -> None:
    stocked.take("orders", ORDERS)
    assert stocked.verdicts() == ["new"] * 3
    assert stocked.all("SELECT number, ordered FROM orders ORDER BY number") == [
        ("PO1", "2026-01-09"), ("PO2", "2026-02-01"),
    ]  # fmt: skip
    events = stocked.events
    stocked.take("orders", ORDERS)
    assert stocked.verdicts() == ["same"] * 3
    assert stocked.events == events
    stocked.check_sound()


def test_a_line_keeps_what_its_row_says(stocked: Shop) -> None:
    stocked.take("orders", ORDERS)
    [(told, order)] = stocked.all("SELECT told, order_id FROM order_lines WHERE line = 'PO1-1'")
    told = orjson.loads(told)
    partner = stocked.value("SELECT id FROM partners WHERE code = 'S1'")
    part = stocked.value("SELECT id FROM parts WHERE part_number = 'PSU'")
    assert told == {
        "line": "PO1-1", "part": part, "quantity": 3, "promised": "2026-03-05", "ordered": "2026-01-10",
        "price": 28556, "currency": "USD", "partner": partner,
    }  # fmt: skip
    assert stocked.value("SELECT partner FROM orders WHERE id = ?", order) == partner


@pytest.mark.parametrize("text", ["PO1", "PO1-1"])
def test_an_order_is_found_by_its_number_and_by_its_line(stocked: Shop, text: str) -> None:
    stocked.take("orders", ORDERS)
    session = stocked.ledger.session()
    paper = deliveries.paper(session, text)
    assert paper is not None and paper.kind == "order" and paper.number == text
    assert len(deliveries.lines(session, paper)) == (2 if text == "PO1" else 1)
    session.close()


def test_a_changed_line_and_a_line_more_are_told_apart(stocked: Shop) -> None:
    stocked.take("orders", ORDERS)
    stocked.take("orders", ORDERS.replace("2026-03-05,3", "2026-04-05,4") + "PO1-3,GREASE,S1,,,9,\n")
    assert stocked.verdicts() == ["changed", "same", "same", "new"]
    assert stocked.said[0].field == "quantity"
    assert stocked.all("SELECT line, quantity, promised FROM order_lines ORDER BY line") == [
        ("PO1-1", 4, "2026-04-05"), ("PO1-2", 2, "2026-03-01"), ("PO1-3", 9, ""), ("PO2-1", 50, ""),
    ]  # fmt: skip
    stocked.check_sound()


def test_lines_without_a_name_are_numbered_and_found_again_by_their_part(stocked: Shop) -> None:
    head = "order,part_number,quantity,due\n"
    stocked.take("orders", head + "PO9,PSU,3,2026-05-01\nPO9,FAN,1,\nPO9,PSU,4,2026-06-01\n")
    assert stocked.verdicts() == ["new"] * 3
    assert stocked.all("SELECT line, quantity, promised FROM order_lines ORDER BY line") == [
        ("1", 3, "2026-05-01"), ("2", 1, ""), ("3", 4, "2026-06-01"),
    ]  # fmt: skip
    stocked.take("orders", head + "PO9,GREASE,7,\nPO9,PSU,3,\nPO9,FAN,2,\nPO9,PSU,4,\n")
    assert stocked.verdicts() == ["new", "same", "changed", "same"]


@pytest.mark.parametrize("columns", ["order,line", "order_line"])
def test_a_line_is_the_same_in_whichever_way_a_file_names_it(stocked: Shop, columns: str) -> None:
    stocked.take("orders", "order,line,part_number,quantity\nPO9,10,PSU,3\n")
    named = "PO9,10" if columns == "order,line" else "PO9-10"
    stocked.take("orders", f"{columns},part_number,quantity\n{named},PSU,3\n")
    assert stocked.verdicts() == ["same"]


def test_bad_lines(stocked: Shop) -> None:
    result = stocked.take(
        "orders",
        "order,line,part_number,manufacturer,quantity,supplier\n"
        "PO9,1,NOPE,,3,S1\nPO9,2,BOLT,,3,S1\nPO9,3,BOLT,Acme,3,S1\nPO9,4,BOLT,Charlie,3,S1\nPO9,3,BOLT,Acme,3,S1\n"
        "PO9,5,PSU,,0,S1\nPO9,6,PSU,,1,NEW-ONE\n",
    )
    assert stocked.verdicts() == [
        "bad part_unknown", "bad ambiguous_part", "new", "bad part_unknown", "bad doubled", "bad out_of_range",
        "new partner_unknown",
    ]  # fmt: skip
    assert result.refused
    assert stocked.value("SELECT count(*) FROM orders") == 0


def test_a_supplier_that_becomes_known_later_is_still_the_same(stocked: Shop) -> None:
    text = "order,line,part_number,quantity,supplier\nPO9,1,PSU,3,LATER\n"
    stocked.take("orders", text)
    assert stocked.verdicts() == ["new partner_unknown"]
    assert stocked.value("SELECT partner FROM orders") == "LATER"
    stocked.take("partners", "partner,name\nLATER,Later Ltd\n")
    stocked.take("orders", text)
    assert stocked.verdicts() == ["same"]


def test_an_order_with_lines_of_several_suppliers_names_none(stocked: Shop) -> None:
    stocked.take("orders", "order,line,part_number,quantity,supplier\nPO9,1,PSU,3,S1\nPO9,2,FAN,3,S2\n")
    assert stocked.value("SELECT partner FROM orders") == ""
    partners = {orjson.loads(row[0])["partner"] for row in stocked.all("SELECT told FROM order_lines")}
    assert len(partners) == 2


def test_a_customers_number_finds_its_part(shop: Shop) -> None:
    shop.take("parts", "part_number,customer_part_number\nPSU,CUST-0042\n")
    shop.take("orders", "order,line,part_number,quantity\nPO9,1,CUST-0042,3\n")
    assert shop.verdicts() == ["new"]
    assert shop.value("SELECT p.part_number FROM order_lines l JOIN parts p ON p.id = l.part") == "PSU"


def test_an_order_of_thousands_of_lines_fits_into_events(stocked: Shop) -> None:
    rows = "".join(f"PO9,{number},PSU,1,{'Ä' * 60}{number}\n" for number in range(1, 1501))
    stocked.take("orders", "order,line,part_number,quantity,owner\n" + rows)
    assert stocked.value("SELECT count(*) FROM order_lines") == 1500
    assert stocked.value("SELECT max(length(CAST(core AS BLOB))) FROM events") <= 64 * 1024
    stocked.check_sound()


def test_a_dozen_unnamed_lines_of_one_part_are_found_again_in_their_order(stocked: Shop) -> None:
    text = "order,part_number,quantity\n" + "".join(f"PO9,PSU,{number}\n" for number in range(1, 14))
    stocked.take("orders", text)
    stocked.take("orders", text)
    assert stocked.verdicts() == ["same"] * 13
    stocked.take("orders", text + "PO9,PSU,99\n")
    assert stocked.verdicts() == ["same"] * 13 + ["new"]
