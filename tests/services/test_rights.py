"""Every call that writes has a decision about who may make it, and the decision holds for every role."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import get_type_hints

import pytest

import tracker.services
from tests.fakes import FixedClock
from tests.services.people import NAMES, SignIn, add_people, signing_in
from tracker import paths
from tracker.domain.errors import NotAllowedError, TrackerError
from tracker.domain.roles import Role
from tracker.policies import PolicyCatalog, load_catalog
from tracker.services import Services
from tracker.services.clinic_file.vault import DataKey
from tracker.services.rights import RIGHTS
from tracker.services.transactions import Transactions
from tracker.storage.database import Database


@pytest.fixture(scope="module")
def catalog() -> PolicyCatalog:
    return load_catalog(paths.resource_root())


@pytest.fixture
def sign_in(database: Database, data_key: DataKey, catalog: PolicyCatalog, clock: FixedClock) -> SignIn:
    return signing_in(database, data_key, catalog, clock)


def methods_that_write(service: object) -> set[str]:
    """Return the public methods of a service that open a writing transaction, also by a method or a part of it."""
    return {name for name in _writing(service, ()) if not name.startswith("_")}


def _writing(service: object, above: tuple[object, ...]) -> set[str]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(type(service))))
    parts = {name: part for name, part in getattr(service, "__dict__", {}).items() if is_part(part, above)}
    by_part = {f"{name}.{method}" for name, part in parts.items() for method in _writing(part, (*above, service))}
    uses = {
        method.name: {each for node in ast.walk(method) if isinstance(node, ast.Attribute) for each in used(node)}
        for method in ast.walk(tree)
        if isinstance(method, ast.FunctionDef)
    }
    found = {name for name, used in uses.items() if "writing" in used or used & by_part}
    while more := {name for name, used in uses.items() if used & found} - found:
        found |= more
    return found


def used(node: ast.Attribute) -> set[str]:
    """Return what is reached: "writing" of any, and "_changes.move" where it is a part's."""
    holder = node.value.attr if isinstance(node.value, ast.Attribute) else ""
    return {node.attr, f"{holder}.{node.attr}"}


def is_part(part: object, above: tuple[object, ...]) -> bool:
    """Tell whether an object of the services' own works for another; those that are asked first themselves are not."""
    kind = type(part)
    own = kind.__module__.startswith(("tracker.services.", __name__)) and kind is not Transactions
    asked_first = any(hasattr(each, "__wrapped__") for each in getattr(part, "__dict__", {}).values())
    return own and not asked_first and all(part is not each for each in above)


def all_that_write(services: Services) -> set[str]:
    names = [name for name in Services.__dataclass_fields__ if name not in ("clinic", "user", "clock", "rights")]
    made = {name: getattr(services, name) for name in names if not name.startswith("on_")}
    return {f"{name}.{method}" for name, service in made.items() for method in methods_that_write(service)}


def test_that_every_call_that_writes_has_a_decision_and_every_decision_a_call(sign_in: SignIn) -> None:
    services = sign_in("Jo Diaz")
    for call in RIGHTS:
        name, _, method = call.partition(".")
        assert callable(getattr(getattr(services, name), method)), call
    assert all_that_write(services) - set(RIGHTS) == set()


def test_that_a_call_without_a_decision_would_be_found() -> None:
    class Forgetful:
        def save(self) -> None:
            self._save()

        def _save(self) -> None:
            self.transactions.writing()  # type: ignore[attr-defined]  # only read, never run

        def look(self) -> None:
            pass

    class Sender:
        def __init__(self) -> None:
            self._worker = Forgetful()

        def send(self) -> None:
            self._worker.save()

    assert methods_that_write(Forgetful()) == {"save"}
    assert methods_that_write(Sender()) == {"send"}
    assert "tracker.services.rights" not in get_type_hints(tracker.services.ClinicInfo)


@pytest.mark.parametrize("role", list(Role))
def test_that_each_role_makes_the_calls_that_it_may_and_no_other(role: Role, sign_in: SignIn) -> None:
    """Called without what they need: those that may not be made are refused first, the others miss something."""
    add_people(sign_in("Jo Diaz"))
    services = sign_in(NAMES[role])
    for call, needed in RIGHTS.items():
        name, _, method = call.partition(".")
        refused = not role.covers(needed)
        with (
            pytest.raises(NotAllowedError) if refused else pytest.raises((TypeError, TrackerError, StopAsyncIteration))
        ):
            getattr(getattr(services, name), method)()
            raise StopAsyncIteration  # it could be made as it stands
        assert bool(services.rights.refusal(call)) is bool(services.rights.off(call)) is refused


def test_that_what_was_refused_wrote_nothing(sign_in: SignIn, database: Database) -> None:
    add_people(sign_in("Jo Diaz"))
    viewer = sign_in("Vic Roe")
    with database.transaction(write=False) as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM act").scalar_one()
    with pytest.raises(NotAllowedError, match=r"Only a manager may do this\. Ask Jo Diaz\."):
        viewer.desk.change_settings(viewer.desk.settings())
    with database.transaction(write=False) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM act").scalar_one() == before


def test_that_a_call_that_nobody_decided_about_writes_for_nobody(sign_in: SignIn) -> None:
    services = sign_in("Jo Diaz")
    with pytest.raises(RuntimeError, match=r"rights\.py"):
        services.pinboard._transactions.writing()


def test_that_each_role_may_all_that_the_one_below_may() -> None:
    assert [[one.covers(other) for other in Role] for one in Role] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
