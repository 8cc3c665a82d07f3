"""How papermill runs a notebook here: as ever, and what stops one leaves it as far as it came."""

from papermill.engines import NBClientEngine, papermill_engines
from papermill.iorw import write_ipynb

NAME = "kept"


class Kept(NBClientEngine):
    """Papermill's own engine, which writes what had run where a cell takes too long or its kernel
    dies; of a cell that fails papermill does so itself."""

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, partial="", **more):
        """Run a notebook. partial : the file that what had run is written to."""
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, **more)
        except Exception:
            write_ipynb(nb_man.nb, partial)
            raise


papermill_engines.register(NAME, Kept)
