"""What must be put right before a script is published; each fault names its node and the remedy."""

from callwright.dialogue.check_names import missing_targets, names_at_fault
from callwright.dialogue.check_paths import paths_at_fault
from callwright.dialogue.check_texts import texts_at_fault
from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import Script


def check(script: Script) -> tuple[Fault, ...]:
    """Return every fault of ``script``, in the order of its nodes; none means that it can be published.

    Paths are followed only once every connection leads somewhere.
    """
    targets = tuple(missing_targets(script))
    faults = [*targets, *names_at_fault(script), *texts_at_fault(script)]
    if not targets:
        faults.extend(paths_at_fault(script))
    order = {node_id: place for place, node_id in enumerate(script.nodes)}
    return tuple(sorted(faults, key=lambda fault: order.get(fault.node, -1)))
