#!/usr/bin/env bash
# A view made under torch.no_grad() of a tensor that requires gradients.
#
# The documentation of no_grad says that what is computed inside has requires_grad=False. A product has; a view
# says True, calls itself a leaf, and backward() through it succeeds while neither it nor its base gets a .grad.
. "$(dirname "$0")/environment.sh"
environment torch==2.15.0 numpy==2.4.6

"$PYTHON" - <<'PY' | expect 'product: requires_grad False
view: requires_grad True, leaf True, grad_fn None
after backward(): view.grad None, base.grad None'
import torch

base = torch.tensor([1.0, 2.0], requires_grad=True)
with torch.no_grad():
    product, view = base * 1, base.view(2)
print("product: requires_grad", product.requires_grad)
print(f"view: requires_grad {view.requires_grad}, leaf {view.is_leaf}, grad_fn {view.grad_fn}")
(view * 2).sum().backward()
print(f"after backward(): view.grad {view.grad}, base.grad {base.grad}")
PY
