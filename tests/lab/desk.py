"""A notebook open in JupyterLab: what it holds, and what it is told to do."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

#: The cells of the open notebook as they would be saved, without what running changes.
CELLS = """() => window.jupyterapp.shell.currentWidget.model.toJSON().cells
  .map(({ id, cell_type, source }) => ({ id, cell_type, source }))"""

#: The notebook has been read, and its kernel answers.
STANDS = """async () => {
  const { context, sessionContext } = window.jupyterapp.shell.currentWidget;
  await context.ready;
  await sessionContext.ready;
  await sessionContext.session.kernel.info;
}"""

#: The cell's place among all of the notebook.
PLACE = """(id) => {
  const { content } = window.jupyterapp.shell.currentWidget;
  const place = content.widgets.findIndex(({ model }) => model.id === id);
  if (place < 0) throw new Error(`no cell is called ${id}`);
  return place;
}"""

RUN_ALL = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"

RUN_CELL = """async (id) => {
  const { content } = window.jupyterapp.shell.currentWidget;
  content.deselectAll();
  content.activeCellIndex = content.widgets.findIndex(({ model }) => model.id === id);
  await window.jupyterapp.commands.execute("notebook:run-cell");
}"""


@dataclass
class Desk:
    """A notebook open in JupyterLab, and what the page complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def stand(self) -> None:
        """Wait until the notebook and its kernel are there."""
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.page.evaluate(STANDS)

    def cells(self) -> list[dict[str, str]]:
        """Return id, kind and text of every cell, as they would be saved now."""
        return self.page.evaluate(CELLS)

    def run_all(self) -> None:
        """Run every cell, and wait until the last one is done."""
        self.page.evaluate(RUN_ALL)

    def run_cell(self, name: str) -> None:
        """Run one cell, as its key does, and wait until it is done."""
        self.page.evaluate(RUN_CELL, name)

    def cell(self, name: str) -> Locator:
        """Return a cell of the notebook by its id."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(self.page.evaluate(PLACE, name))

    def figure(self, name: str) -> Locator:
        """Return the figure that the cell of this id has drawn."""
        return self.cell(name).locator('[data-figure][data-ready="true"]')
