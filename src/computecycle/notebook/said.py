"""What a chapter says is shown once in the cell that says it, whoever runs the notebook.

It is shown in plain words, a figure as a picture too, and whole: JSON in a media type of our own.
There it is one text, not an object, for papermill writes the notebook anew at each end of a cell
and would take each of its parts apart, which takes longer than to run a chapter.
"""

import json
from dataclasses import asdict, fields

from IPython import get_ipython
from IPython.display import publish_display_data

MEDIA = "application/vnd.computecycle."  # and what it is: a value, a claim, a figure
DRAWN_LATER = "COMPUTECYCLE_DRAWN_LATER"  # set by who runs a chapter and draws its pictures itself


class Said:
    """A value, a claim or a figure: shown when it is said, and not again as its cell's result.

    Each has `own`, what a reader set and it rests on.

    A later cell that ends with it shows it in plain words and as a picture, not as said again.
    """

    def record(self) -> str:
        """Return the whole of it as JSON, as `read` takes it."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        told |= {"own": [asdict(each) for each in self.own]}
        return json.dumps(told, ensure_ascii=False, allow_nan=False)

    def _ipython_display_(self) -> None:
        """Show it as IPython asks for it."""
        shell = get_ipython()
        cell = shell.execution_count if shell else None
        first = self.__dict__.get("_said_in")
        if first is None:
            object.__setattr__(self, "_said_in", (cell,))
            publish_display_data(self._repr_mimebundle_())
        elif first != (cell,):
            bundle = self._repr_mimebundle_()
            publish_display_data({k: v for k, v in bundle.items() if not k.startswith(MEDIA)})


def read(outputs: list, kind: str) -> list[dict]:
    """Return what some outputs of cells say of one kind (value, claim, figure), in their order."""
    texts = [each.data.get(f"{MEDIA}{kind}") for each in outputs]
    return [json.loads(text) for text in texts if text]
