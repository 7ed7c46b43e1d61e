"""What must be put right before a script is published; each fault names its node, its path and the remedy."""

from collections.abc import Mapping
from dataclasses import replace

from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.check_connections import connections_at_fault, loose_ends
from callwright.dialogue.check_names import names_at_fault
from callwright.dialogue.check_openings import openings_at_fault
from callwright.dialogue.check_paths import paths_at_fault
from callwright.dialogue.check_texts import texts_at_fault
from callwright.dialogue.check_values import values_at_fault
from callwright.dialogue.duties import Duties
from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import Script
from callwright.dialogue.model.check import check_model
from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.paths import onwards, paths_from_entry


def check(script: AnyScript, duties: Duties = Duties()) -> tuple[Fault, ...]:  # noqa: B008 - immutable
    """Return every fault of ``script``, in the order of its nodes; none means that it can be published.

    Paths are followed only once every connection leads somewhere.
    """
    return check_model(script, duties) if isinstance(script, ModelScript) else _check_graph(script, duties)


def _check_graph(script: Script, duties: Duties) -> tuple[Fault, ...]:
    loose = tuple(loose_ends(script))
    faults = [*loose, *connections_at_fault(script), *names_at_fault(script), *texts_at_fault(script)]
    if not loose:
        faults += [*paths_at_fault(script), *openings_at_fault(script, duties), *values_at_fault(script)]
    order = {node_id: place for place, node_id in enumerate(script.nodes)}
    paths = paths_from_entry(script, lambda node_id: onwards(script, node_id))
    in_order = sorted(faults, key=lambda fault: order.get(fault.node, -1))
    return tuple(_with_path(fault, paths) for fault in in_order)


def _with_path(fault: Fault, paths: Mapping[str, tuple[str, ...]]) -> Fault:
    return fault if fault.path else replace(fault, path=paths.get(fault.node, ()))
