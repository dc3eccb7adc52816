"""What keeps the launcher from starting or going on, in words for the operator.

LaunchError
├── PortsInUse        somebody else listens where we want to
├── TrainingFailed    `rasa train` ended without a model
└── NeverReady        a process died, or did not answer in time, before it had ever worked
"""


class LaunchError(Exception):
    """Something the operator can mend; the message says what, with which value, and the next step."""


class PortsInUse(LaunchError):
    """An address of ours cannot be listened on."""


class TrainingFailed(LaunchError):
    """No model came out of the training."""


class NeverReady(LaunchError):
    """A process never began to answer."""
