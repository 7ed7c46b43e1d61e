"""A script for whichever engine."""

from callwright.dialogue.graph import Script
from callwright.dialogue.model.script import ModelScript

AnyScript = Script | ModelScript
