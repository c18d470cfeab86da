#!/usr/bin/env bash
# JupyterLab and a cell whose code and output an author has collapsed (jupyter.source_hidden, jupyter.outputs_hidden).
#
# One would guess that both stay collapsed until somebody expands them. Run All opens every collapsed output and
# drops its mark, and saving makes that permanent; the code stays collapsed. (Needs Chromium on the machine.)
. "$(dirname "$0")/environment.sh"
environment jupyterlab==4.6.6 ipykernel==7.4.0 nbformat==5.11.1 playwright==1.65.2
FOLDER=$(mktemp -d)
trap 'kill "${SERVER:-}" 2>/dev/null; rm -rf "$FOLDER" "${FINDINGS_FOLDER:-}"' EXIT
cd "$FOLDER"
export JUPYTER_CONFIG_DIR=$FOLDER/config JUPYTER_DATA_DIR=$FOLDER/data JUPYTER_RUNTIME_DIR=$FOLDER/run
CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome)

"$PYTHON" - <<'PY'
from nbformat import v4, write

closed = {"jupyter": {"source_hidden": True, "outputs_hidden": True}}
cell = v4.new_code_cell("# A solution\nprint('it is odd')", metadata=closed)
cell.outputs = [v4.new_output("stream", name="stdout", text="it is odd\n")]
kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
write(v4.new_notebook(cells=[cell], metadata=kernel), "closed.ipynb")
PY
"$PYTHON" -m jupyterlab --no-browser --allow-root --ip=127.0.0.1 --ServerApp.port=0 --IdentityProvider.token=finding \
  >server.log 2>&1 &
SERVER=$!
for _ in $(seq 120); do grep -q "127.0.0.1:[0-9]*/lab" server.log && break || sleep 1; done
URL=$(grep -o "http://127.0.0.1:[0-9]*" server.log | head -n 1)

"$PYTHON" - "$CHROMIUM" "$URL" <<'PY' | expect "before: source_hidden True, outputs_hidden True
after Run All and Save: source_hidden True, outputs_hidden None"
import sys
import time

import nbformat
from playwright.sync_api import sync_playwright


def marks() -> str:
    marked = nbformat.read("closed.ipynb", 4).cells[0].metadata.get("jupyter", {})
    return f"source_hidden {marked.get('source_hidden')}, outputs_hidden {marked.get('outputs_hidden')}"


print("before:", marks())
with sync_playwright() as tools:
    browser = tools.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox"])
    page = browser.new_page()
    page.goto(f"{sys.argv[2]}/lab/tree/closed.ipynb?token=finding")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=120_000)
    page.get_by_text("Python 3", exact=False).first.wait_for(timeout=120_000)
    page.wait_for_function("document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.locator(".jp-OutputArea-output", has_text="it is odd").wait_for(timeout=120_000)
    time.sleep(1)
    page.keyboard.press("Control+s")
    time.sleep(3)
    browser.close()
print("after Run All and Save:", marks())
PY
