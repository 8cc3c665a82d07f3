"""What a chapter says is shown once in the cell that says it, whoever runs the notebook."""

from dataclasses import asdict, fields

from IPython import get_ipython
from IPython.display import publish_display_data

DRAWN_LATER = "COMPUTECYCLE_DRAWN_LATER"  # set by who runs a chapter and draws its pictures itself


class Said:
    """A value, a claim or a figure: shown when it is said, and not again as its cell's result.

    Each has `own`, what a reader set and it rests on.

    A later cell that ends with it shows it in plain words and as a picture, not as said again.
    """

    def record(self) -> dict:
        """Return it as `asdict` does, its rows and specification not copied part by part."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return told | {"own": tuple(asdict(each) for each in self.own)}

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
            publish_display_data({k: v for k, v in bundle.items() if not k.endswith("+json")})
