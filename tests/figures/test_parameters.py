"""A figure's parameters: one declaration makes the argument, the trait, the check and the documentation."""

import inspect
import re

import pytest

from helpers import figures
from helpers.figures import ConvLab, DescentLab, FeatureMaps, FloatBits, GraphStepper, TensorAnatomy

CLASSES = [getattr(figures, name) for name in figures.__all__]


def test_what_is_set_later_is_checked_too_and_the_old_value_stays():
    lab = DescentLab(lr=0.1)
    with pytest.raises(ValueError, match=r"lr must be a number above 0 and up to 0\.447 .*, got 5"):
        lab.lr = 5
    assert lab.lr == 0.1
    lab.momentum = 0.9  # the bound follows the other parameters
    lab.lr = 0.8
    assert lab.lr == 0.8


def test_the_page_sends_several_values_in_any_order_and_in_the_form_that_is_saved():
    lab = DescentLab()
    lab.set_state({"lr": 0.8, "momentum": 0.9})  # 0.8 is too large without that momentum
    assert (lab.lr, lab.momentum) == (0.8, 0.9)
    number = FloatBits(number=0.1)
    number.set_state({"number": "-Infinity"})
    assert number.number == "-Infinity"
    with pytest.raises(TypeError, match="number must be a float"):
        number.number = "1"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: DescentLab(learning_rate=1),
            "DescentLab has no parameter 'learning_rate'; it takes x, y, start",
        ),
        (lambda: DescentLab(batchsize=1), "no parameter 'batchsize' (did you mean 'batch_size'?); it takes"),
        (lambda: TensorAnatomy(), "TensorAnatomy needs tensors: A tensor of 1 to 64 elements"),
        (lambda: ConvLab(relu="yes"), "relu must be True or False, got 'yes'"),
        (lambda: ConvLab(caption=3), "caption must be a text, got 3"),
    ],
)
def test_a_wrong_call_is_explained(make, message):
    with pytest.raises(TypeError, match=re.escape(message)):
        make()


@pytest.mark.parametrize("figure", CLASSES, ids=lambda figure: figure.__name__)
def test_signature_and_docstring_come_from_the_declarations(figure):
    named = inspect.signature(figure).parameters
    assert list(named)[-1] in ("caption", "leaves")
    (_, section) = figure.__doc__.split("\nParameters\n----------\n")
    assert re.findall(r"^(\w+) : \S", section, re.MULTILINE) == list(figure.parameters())
    assert all(parameter.help and parameter.expected for parameter in figure.parameters().values())
    assert set(named) == set(figure.parameters())


def test_what_may_come_first_or_under_any_name_is_in_the_signature():
    assert str(inspect.signature(FeatureMaps)).startswith(
        "(trace: 'FeatureTrace', *, classes=None, labels=None"
    )
    assert str(inspect.signature(GraphStepper)).endswith("caption='', **leaves: 'Any')")
