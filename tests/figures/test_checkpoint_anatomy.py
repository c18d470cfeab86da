"""CheckpointAnatomy: bytes held to files that torch writes, and its answers to those of load_state_dict."""

import io
import json
import random
import zipfile
from collections import OrderedDict

import pytest
import torch
from hands import drag

from helpers.figures.checkpoint_anatomy import (
    OPTIMIZERS,
    WIDTHS,
    CheckpointAnatomy,
    checkpoint,
    network,
)

FATES = ("dropped", "renamed", "reshaped")


@pytest.fixture(scope="module")
def data():
    figure = CheckpointAnatomy()
    names = ("keys_in_model", "states", "plain", "files", "widths", "sayings")
    return json.loads(json.dumps({name: getattr(figure, name) for name in names}))


def tensor_bytes(value):
    if isinstance(value, torch.Tensor):
        return value.numel() * value.element_size()
    return sum(map(tensor_bytes, value.values())) if isinstance(value, dict) else 0


def test_bytes_of_every_part_are_those_of_a_file(data, map_js):
    cases = [(name, width) for name in OPTIMIZERS for width in (4, 32, 56)]
    found = map_js("checkpoint_anatomy/maths", "census", [[data, *case] for case in cases])
    for (name, width), sizes in zip(cases, found, strict=True):
        saved = checkpoint(width, name)
        file = io.BytesIO()
        torch.save(saved, file)
        tensors = {part: tensor_bytes(saved[part]) for part in ("model", "optimizer", "random")}
        assert {part: sizes[part] for part in tensors} == tensors
        assert sizes["file"] == len(file.getvalue())
        with zipfile.ZipFile(file) as archive:
            (pickled,) = [e.file_size for e in archive.infolist() if e.filename.endswith("data.pkl")]
        assert sizes["pickle"] == pickled
        assert sizes["rest"] == sizes["file"] - pickled - sum(tensors.values()) > 0


def test_adam_keeps_twice_the_weights(data, run_js):
    sizes = run_js("checkpoint_anatomy/maths", "census", data, "AdamW", 32)
    parameters = tensor_bytes(dict(network(32).named_parameters()))
    assert sizes["parameters"] == parameters == 102_056
    # Two averages, and a step of four bytes for each of the six tensors of parameters.
    assert sizes["optimizer"] == 2 * parameters + 4 * 6
    assert run_js("checkpoint_anatomy/maths", "census", data, "momentum", 32)["times"] == 1
    assert run_js("checkpoint_anatomy/maths", "census", data, "SGD", 32)["optimizer"] == 0


def edited(width, fates):
    """Do to a state_dict of torch what the lines in the figure say."""
    state = network(width).state_dict()
    for key, fate in fates.items():
        if fate == "dropped":
            del state[key]
        elif fate == "renamed":
            state[f"module.{key}"] = state.pop(key)
        else:
            state[key] = torch.zeros(state[key].shape[0] + 1, *state[key].shape[1:])
    return state


def torchs_answer(program, state, strict):
    try:
        return repr(network(program).load_state_dict(state, strict=strict))
    except RuntimeError as error:
        return f"RuntimeError: {error}"


def cases():
    dice = random.Random(0)
    keys = [key for key, _, _, _, _ in CheckpointAnatomy().keys_in_model]
    for _ in range(120):
        chosen = [key for key in keys if dice.random() < dice.choice([0.05, 0.4])]
        fates = {k: dice.choice(FATES[:2] if k.endswith("tracked") else FATES) for k in chosen}
        width = dice.choice(WIDTHS[:6])
        yield width, dice.choice([width, 8]), fates, dice.random() < 0.6


def test_answers_are_torchs_own(data, map_js):
    asked = [
        ({"width": width, "program": program, "fates": fates, "strict": strict}, data)
        for width, program, fates, strict in cases()
    ]
    found = map_js("checkpoint_anatomy/figure", "answerOf", [list(case) for case in asked])
    for (state, _), answer in zip(asked, found, strict=True):
        copy = edited(state["width"], state["fates"])
        assert answer["text"] == torchs_answer(state["program"], copy, state["strict"]), state
        assert answer["ok"] == (not answer["text"].startswith("RuntimeError"))


def test_the_answer_is_summed_up(data, run_js):
    def verdict(width=8, strict=True, **fates):
        fates = {key.replace("_", ".", 1): fate for key, fate in fates.items()}
        state = {"width": width, "program": 8, "fates": fates, "strict": strict}
        return run_js(
            "checkpoint_anatomy/figure",
            "verdict",
            run_js("checkpoint_anatomy/figure", "answerOf", state, data),
            state,
        )

    assert verdict() == "Loaded."
    assert verdict(width=12) == (
        "Refused: the file holds shapes for width 12, and the program has built width 8."
    )
    renamed = {"hidden_bias": "renamed", "head_bias": "reshaped"}
    assert verdict(**renamed) == "Refused: 1 name is missing, 1 name is unknown, 1 shape differs."
    assert verdict(**renamed, strict=False) == "Refused: 1 shape differs."
    dropped = {"norm_weight": "dropped", "norm_bias": "dropped"}
    assert verdict(**dropped, strict=False) == "Loaded, but 2 tensors keep their start values."


def test_the_lines_shown_do_what_they_say(data, run_js, tmp_path, monkeypatch):
    fates = {"hidden.weight": "reshaped", "hidden.bias": "dropped", "head.bias": "renamed"}
    state = {"width": 12, "program": 8, "fates": fates, "strict": True}
    lines = run_js("checkpoint_anatomy/figure", "programLines", state, data["keys_in_model"])
    monkeypatch.chdir(tmp_path)
    torch.save(checkpoint(12, "AdamW"), "checkpoint.pt")
    with pytest.raises(RuntimeError) as refusal:
        exec("\n".join(lines), {"network": network, "torch": torch})
    said = run_js("checkpoint_anatomy/figure", "answerOf", state, data)["text"]
    assert said == f"RuntimeError: {refusal.value}"


def test_files_and_the_readers_random_stream_are_left_alone():
    torch.manual_seed(3)
    expected = torch.rand(2)
    torch.manual_seed(3)
    figure = CheckpointAnatomy(width=4, optimizer="SGD")
    assert torch.equal(torch.rand(2), expected)
    assert repr(figure) == "CheckpointAnatomy(width=4, optimizer='SGD')"
    assert isinstance(checkpoint(4, "SGD")["model"], OrderedDict)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"width": 5}, "width must be one of 4, 8, "),
        ({"optimizer": "Adam"}, "optimizer must be one of 'SGD', 'momentum', 'AdamW', got 'Adam'"),
    ],
)
def test_a_bad_argument_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        CheckpointAnatomy(**arguments)


TITLE = "document.querySelector('.bf-title').textContent"
SAID = "document.querySelector('.ca-said').textContent"


def test_the_figure_answers_drag_escape_slider_and_key(mount):
    page = mount(CheckpointAnatomy())
    assert page.evaluate(TITLE) == "checkpoint.pt, 325,324 bytes"
    assert page.evaluate(SAID) == "<All keys matched successfully>"
    drag(page.locator(".bf-hit"), 40, 0, drop=False)
    page.wait_for_function(f"{TITLE}.endsWith('; was 325,324')")
    page.wait_for_function(f"{SAID}.includes('size mismatch for hidden.weight')")
    page.keyboard.press("Escape")
    page.wait_for_function(f"{TITLE} === 'checkpoint.pt, 325,324 bytes'")
    page.mouse.up()
    page.locator("input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{SAID}.includes('torch.Size([36, 784]) from checkpoint')")
    page.get_by_role("button", name="Build this width").click()
    page.wait_for_function(f"{SAID}.startsWith('<All keys')")


def test_a_key_is_dropped_on_a_telephone_and_another_part_opened(mount):
    page = mount(CheckpointAnatomy(), width=390)
    keys = page.locator(".bf-cells").nth(1).locator(".bf-cell")
    keys.nth(4).tap()
    page.get_by_label("drop it").tap()
    page.wait_for_function(f"""{SAID}.includes('Missing key(s) in state_dict: "norm.running_mean"')""")
    page.get_by_label("strict=False").tap()
    page.wait_for_function(f"{SAID}.startsWith('_IncompatibleKeys')")
    page.locator(".bf-cells").first.locator(".bf-cell").nth(1).tap()
    line = "document.querySelector('.ca-line').textContent"
    page.wait_for_function(f"{line}.includes('parameter number 0, hidden.weight')")
    page.get_by_label("SGD").tap()
    page.wait_for_function(f"{line} === 'state: {{}}: plain SGD remembers nothing.'")
    page.get_by_role("button", name="Reset").tap()
    page.wait_for_function(f"{SAID}.startsWith('<All keys')")
