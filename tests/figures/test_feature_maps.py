"""FeatureMaps: what the page shows of maps, values and receptive fields is what torch has computed."""

import dataclasses
import json
from itertools import pairwise

import pytest
import torch
from hands import drag
from small_residual_net import network
from torch import nn

from helpers.feature_trace import trace
from helpers.figures.feature_maps import FeatureMaps
from helpers.palette import ROLES

CLASSES = ["bird", "cat", "dog", "fish"]


def pictures(count=3, height=24, width=24):
    return torch.rand(count, 3, height, width, generator=torch.Generator().manual_seed(2))


def rectified():
    """Return a trace with maps above zero; five of a layer stay silent and one is weak."""
    net = network()
    net[1][2].bias.data[:5] = -100.0
    net[1][2].weight.data[5] = 0.01
    return trace(net, pictures())


def signed():
    """Return a trace whose layers also go below zero, of pictures that are not square."""
    return trace(network(), pictures(2, 20, 28), layers=["0.0", "3.1", "4.0"], most=5)


TRACES = {"rectified": rectified, "signed": signed}


@pytest.fixture(scope="module", params=TRACES)
def traced(request):
    return TRACES[request.param]()


def layers_of(figure):
    return json.loads(json.dumps(figure.layers))


def maps_of(run_js, figure, picture):
    """Values in the network's own units, map by map, as the page reads them."""
    found = run_js("feature_maps/maths", "mapsOf", figure.maps[picture], layers_of(figure))
    return [torch.tensor(layer, dtype=torch.float64) for layer in found]


# ---------------------------------------------------------------- values


def test_maps_come_through_in_eight_bits(run_js, traced):
    figure = FeatureMaps(traced)
    for picture in range(len(figure.pictures)):
        found = maps_of(run_js, figure, picture)
        for layer, sent, shares in zip(traced.layers, figure.layers, found, strict=True):
            maps = layer.maps[picture].double().flatten(1)
            largest = maps.abs().amax(dim=1, keepdim=True)
            # Half a step of the 8 bits, and the sixth digit of the largest value.
            step = 254 if sent["signed"] else 510
            assert ((shares * largest - maps).abs() <= largest * (1 / step + 2e-6)).all()
            assert torch.equal(shares == 0, (maps.abs() <= largest / step * 1.0000001))
            assert (shares[maps == 0] == 0).all()


def test_a_value_is_read_in_the_networks_units(map_js, run_js, traced):
    figure = FeatureMaps(traced)
    for number, layer in enumerate(traced.layers):
        values = layer.maps[1, 0].double().flatten()
        chosen = sorted({int(values.abs().argmax()), *range(0, len(values), 7)})
        units = [divmod(place, layer.maps.shape[3]) for place in chosen]
        shares, sent = maps_of(run_js, figure, 1)[number][0], layers_of(figure)[number]
        calls = [[shares.tolist(), sent, 1, 0, unit] for unit in units]
        found = torch.tensor(map_js("feature_maps/figure", "valueAt", calls), dtype=torch.float64)
        expected = values[chosen]
        limit = expected.abs().max() / (254 if sent["signed"] else 510) * (1 + 1e-3)
        assert (found - expected).abs().max() <= limit
        largest = expected.abs().argmax()
        assert found[largest].item() == pytest.approx(expected[largest].item(), rel=1e-5)


def test_long_runs_of_zeros_are_packed_and_come_back(run_js):
    given = trace(nn.Sequential(nn.Conv2d(3, 1, 1), nn.ReLU()), pictures(1), layers=["1"])
    maps = torch.zeros(1, 1, 24, 24)
    maps.view(-1)[[0, 257, 258, 513, 575]] = torch.tensor([1.0, 0.5, 0.25, 1.0, 0.2])
    layer = dataclasses.replace(given.layers[0], maps=maps)
    figure = FeatureMaps(dataclasses.replace(given, layers=(layer,)))
    assert len(figure.maps[0]) < 30
    shares = maps_of(run_js, figure, 0)[0][0]
    assert shares.nonzero().flatten().tolist() == [0, 257, 258, 513, 575]
    torch.testing.assert_close(shares, maps.double().flatten(), rtol=0, atol=1 / 510)


def test_one_scale_for_a_layer_divides_by_its_largest(run_js, traced):
    figure = FeatureMaps(traced)
    for number, layer in enumerate(traced.layers):
        sent, shares = layers_of(figure)[number], maps_of(run_js, figure, 0)[number]
        for place in range(len(layer.channels)):
            arguments = [shares[place].tolist(), sent, 0, place]
            assert run_js("feature_maps/maths", "shades", *arguments, "map") == shares[place].tolist()
            found = torch.tensor(
                run_js("feature_maps/maths", "shades", *arguments, "layer"), dtype=torch.float64
            )
            own = layer.maps[0, place].double().abs().max()
            expected = shares[place] * own / layer.extents[0].double()
            torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-6)


def test_the_point_starts_at_the_strongest_unit(run_js, traced):
    figure = FeatureMaps(traced)
    for number, layer in enumerate(traced.layers):
        for place in range(len(layer.channels)):
            shares = maps_of(run_js, figure, 0)[number][place].tolist()
            size = list(layer.maps.shape[2:])
            row, column = run_js("feature_maps/maths", "strongestUnit", shares, size)
            values = layer.maps[0, place]
            if values.max() == values.min():
                assert [row, column] == [size[0] // 2, size[1] // 2]
            else:
                assert values[row, column] >= values.max() - values.abs().max() / 127


# ---------------------------------------------------------------- receptive fields


def test_a_unit_sees_what_was_measured(map_js, traced):
    figure = FeatureMaps(traced)
    for number, layer in enumerate(traced.layers):
        rows, columns = layer.maps.shape[2:]
        units = [[row, column] for row in range(rows) for column in range(columns)]
        for unit, found in zip(
            units,
            map_js("feature_maps/maths", "fieldOf", [[layers_of(figure)[number], unit] for unit in units]),
            strict=True,
        ):
            down, right = layer.fields.box(*unit)
            assert found == {
                "top": down.start,
                "left": right.start,
                "rows": down.stop - down.start,
                "columns": right.stop - right.start,
            }


def test_the_middle_of_a_field_leads_back_to_its_unit(map_js, traced):
    figure = FeatureMaps(traced)
    for number, layer in enumerate(traced.layers):
        sent = layers_of(figure)[number]
        for axis, spans in enumerate((layer.fields.rows, layer.fields.columns)):
            middles = [sum(span) / 2 + 0.5 for span in spans]
            found = map_js("feature_maps/maths", "unitAt", [[sent, [middle, middle]] for middle in middles])
            for unit, middle in zip(found, middles, strict=True):
                assert middles[unit[axis]] == middle


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ({"rows": 20, "columns": 12}, "20 × 12 of 24 × 28 pixels"),
        ({"rows": 24, "columns": 28}, "the whole picture"),
        ({"rows": 0, "columns": 3}, "no pixel, only padding"),
    ],
)
def test_a_field_in_words(run_js, field, words):
    assert run_js("feature_maps/maths", "fieldWords", field, [24, 28]) == words


# ---------------------------------------------------------------- shades and words


@pytest.mark.parametrize("theme", [0, 1])
def test_shades_run_steadily_from_the_ground(map_js, theme):
    def rgb(text):
        return [int(text[place : place + 2], 16) for place in (1, 3, 5)]

    colours = {role: rgb(ROLES[role][theme]) for role in ("ground", "model", "data", "ink")}
    shares = [sign * step / 50 for sign in (1, -1) for step in range(51)]
    found = map_js("feature_maps/maths", "shadeOf", [[share, colours] for share in shares])
    assert found[0] == found[51] == colours["ground"]
    for half in (found[:51], found[51:]):
        lightness = [0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in half]
        steps = [(after - before) * (1 if theme else -1) for before, after in pairwise(lightness)]
        assert min(steps) > 0


def test_silence_is_told_of_the_picture_and_of_all():
    given = rectified()
    figure = FeatureMaps(given)
    assert figure.layers[1]["silent"] == given.layers[1].silent.sum(dim=1).tolist()
    assert figure.layers[1]["dead"] == given.layers[1].num_dead == 5
    assert figure.layers[1]["count"] == 12


@pytest.mark.parametrize(
    ("layer", "pictures", "words"),
    [
        ({"count": 12, "silent": [0], "dead": 0}, 1, "All 12 maps are positive somewhere on this picture."),
        ({"count": 12, "silent": [5], "dead": 5}, 1, "5 of 12 maps are never positive on this picture."),
        ({"count": 9, "silent": [1], "dead": 0}, 3, "1 of 9 maps is never positive on this picture, none on"),
        ({"count": 9, "silent": [4], "dead": 2}, 3, "4 of 9 maps are never positive on this picture, 2 on"),
    ],
)
def test_silence_in_words(run_js, layer, pictures, words):
    assert run_js("feature_maps/maths", "silenceWords", layer, 0, pictures).startswith(words)


def test_the_networks_answer_is_torchs():
    given = rectified()
    best = given.outputs.softmax(dim=1).max(dim=1)
    answers = FeatureMaps(given, classes=CLASSES, labels=[0, "cat", 3]).answers
    assert [answer["label"] for answer in answers] == ["bird", "cat", "fish"]
    assert [answer["guess"] for answer in answers] == [CLASSES[place] for place in best.indices]
    assert [answer["probability"] for answer in answers] == pytest.approx(best.values.tolist(), abs=1e-4)


# ---------------------------------------------------------------- arguments


def test_repr_names_layers_and_nothing_that_training_changes():
    expected = "FeatureMaps(pictures=3, layers=['0', '1', '2', '3', '4'])"
    assert repr(FeatureMaps(rectified(), layer=2)) == expected


def test_it_opens_on_the_deepest_frame_that_leaves_half_of_the_picture():
    given = trace(network(), pictures(height=32, width=32))
    figure = FeatureMaps(given)
    assert given.layers[figure.layer].name == "3"
    assert figure.map < len(given.layers[3].channels) / 2
    assert FeatureMaps(trace(network(), pictures(height=8, width=8))).layer == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"picture": 3}, r"picture must be a whole number from 0 to 2 \(the last picture\), got 3"),
        ({"layer": 5}, r"layer must be a whole number from 0 to 4 \(the last layer\), got 5"),
        ({"layer": 0, "map": 6}, r"map must be a whole number from 0 to 5 \(the layer's last\), got 6"),
        ({"scale": "both"}, r"scale must be one of 'map', 'layer', got 'both'"),
        ({"classes": CLASSES[:3]}, "classes must name each of the model's outputs, got 3 names for 4"),
        ({"labels": ["bird"]}, "labels must be one for each of the 3 pictures, got 1"),
        ({"labels": [0, 1, 2]}, "labels must be names, or places in classes, got 0"),
        ({"labels": [0, 1, 4], "classes": CLASSES}, "labels must be names, or places in classes, got 4"),
        ({"trace": trace(network(), pictures(), most=9)}, "trace must hold 1 to 8 maps a layer, got 9"),
        ({"trace": trace(network(), pictures(7))}, "trace must hold 1 to 6 pictures, got 7"),
    ],
)
def test_a_bad_argument_is_named(change, message):
    arguments = {"trace": rectified(), **change}
    with pytest.raises(ValueError, match=message):
        FeatureMaps(**arguments)


def test_four_pictures_and_six_layers_stay_light():
    layers = ["0", "1", "2", "3", "4", "2.body"]
    figure = FeatureMaps(trace(network(32), pictures(4, 32, 32), layers=layers))
    assert sum(map(len, figure.maps)) < 80_000  # random weights leave fewer zeros than trained ones
    assert sum(map(len, figure.pictures)) < 20_000  # noise, which no format makes small
    assert len(json.dumps(figure.layers)) < 6_000


# ---------------------------------------------------------------- in the page


UNIT = "document.querySelector('.fm-unit').textContent"
SILENCE = "document.querySelector('.fm-silence').textContent"


def chosen(page):
    return page.locator('[aria-label="Maps"] .bf-cell[aria-pressed="true"]').get_attribute("aria-label")


def frame(page):
    """Return the frame on the picture, in pixels of the picture."""
    side = page.locator(".fm-picture").bounding_box()
    box = page.locator(".fm-picture .fm-frame").evaluate(
        "(rect) => ['x', 'y', 'width', 'height'].map((name) => Number(rect.getAttribute(name)))"
    )
    return [round(24 * value / side["width"], 6) for value in box]


def test_it_opens_on_a_unit_and_the_frame_that_it_sees(mount):
    given = rectified()
    page = mount(FeatureMaps(given, layer=3, map=1, classes=CLASSES, labels=[0, 1, 2]))
    values = given.layers[3].maps[0, 1]
    row, column = divmod(int(values.argmax()), 6)
    start = f"Map {given.layers[3].channels[1]} of 3, row {row}, column {column}: {values.max():.3g}"
    assert page.evaluate(UNIT).startswith(start.rstrip("0"))
    down, right = given.layers[3].fields.box(row, column)
    assert frame(page) == [right.start, down.start, right.stop - right.start, down.stop - down.start]
    assert page.locator(".fm-answer").text_content().startswith("bird; the network says ")


def test_the_point_moves_by_key_drag_and_tap(mount):
    given = rectified()
    page = mount(FeatureMaps(given, layer=3, map=0))
    page.get_by_role("slider", name="row of the unit").focus()
    page.keyboard.press("End")  # the top, as on every upright slider
    page.get_by_role("slider", name="column of the unit").focus()
    page.keyboard.press("Home")
    page.wait_for_function(f"{UNIT}.includes('row 0, column 0:')")
    down, right = given.layers[3].fields.box(0, 0)
    assert frame(page) == [0, 0, right.stop, down.stop]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(f"{UNIT}.includes('row 1, column 1:')")
    assert page.get_by_role("slider", name="row of the unit").get_attribute("aria-valuetext") == "1"
    drag(page.locator(".fm-map .bf-hit"), 38 * 2, 0)
    page.wait_for_function(f"{UNIT}.includes('row 1, column 3:')")
    box = page.locator(".fm-map").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] - 9, box["y"] + box["height"] - 9)
    page.wait_for_function(f"{UNIT}.includes('row 5, column 5:')")


def test_a_finger_on_the_picture_finds_the_unit_that_looks_there(mount):
    given = rectified()
    page = mount(FeatureMaps(given, layer=3, map=0))
    box = page.locator(".fm-picture").bounding_box()
    page.touchscreen.tap(box["x"] + box["width"] * 0.98, box["y"] + 3)
    page.wait_for_function(f"{UNIT}.includes('row 0, column 5:')")
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.02, box["y"] + box["height"] * 0.98, steps=5)
    page.mouse.up()
    page.wait_for_function(f"{UNIT}.includes('row 5, column 0:')")


def test_maps_and_pictures_are_chosen_by_arrows_and_by_taps(mount):
    given = rectified()
    page = mount(FeatureMaps(given, layer=3, map=0))
    page.locator('[aria-label="Maps"] .bf-cell[tabindex="0"]').focus()
    assert page.locator('[aria-label="Maps"] .bf-cell[tabindex="0"]').count() == 1
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{UNIT}.startsWith('Map {given.layers[2].channels[1]} of 2,')")
    assert chosen(page).startswith(f"2, map {given.layers[2].channels[1]}: at most ")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == chosen(page)
    assert page.evaluate("[window.traits.layer, window.traits.map]") == [2, 1]
    page.locator('[aria-label="Maps"] .bf-cell').first.tap()
    page.wait_for_function(f"{UNIT}.startsWith('Map {given.layers[0].channels[0]} of 0,')")
    before = page.locator(".fm-picture image").get_attribute("href")
    page.locator('[aria-label="Pictures"] .bf-cell').nth(2).tap()
    page.wait_for_function("window.traits.picture === 2")
    assert page.locator(".fm-picture image").get_attribute("href") != before
    page.get_by_role("button", name="Reset").click()
    page.wait_for_function(f"{UNIT}.startsWith('Map {given.layers[3].channels[0]} of 3,')")


#: How much darker than white the darkest pixel of each map of a row is, red, green and blue together.
DARKEST = """async (layer) => {
  const cells = [...document.querySelectorAll('[aria-label="Maps"] .bf-cell')];
  const images = [...document.querySelectorAll('.fm-small .fm-still')].at(-1).querySelectorAll('image');
  const row = cells.flatMap((cell, i) => (cell.ariaLabel.startsWith(`${layer},`) ? [images[i]] : []));
  return Promise.all(row.map(async (shown) => {
    const image = new Image();
    image.src = shown.getAttribute('href');
    await image.decode();
    const context = document.createElement('canvas').getContext('2d');
    context.drawImage(image, 0, 0);
    const bytes = [...context.getImageData(0, 0, image.width, image.height).data];
    return Math.max(...bytes.map((_, i) => (i % 4 ? 0 : 765 - bytes[i] - bytes[i + 1] - bytes[i + 2])));
  }));
}"""


def test_one_scale_shows_which_maps_are_dead_and_which_are_weak(mount):
    given = rectified()
    page = mount(FeatureMaps(given, layer=1))
    dead = [bool(given.layers[1].silent[0, channel]) for channel in given.layers[1].channels]
    assert dead == [False] * 7 + [True]
    by_itself = page.evaluate(DARKEST, "1")
    assert [shade == 0 for shade in by_itself] == dead
    assert len(set(by_itself[:7])) == 1  # each map reaches the darkest shade
    page.get_by_role("radio", name="all maps of a layer alike").check()
    page.wait_for_function("window.traits.scale === 'layer'")
    alike = page.evaluate(DARKEST, "1")
    assert alike[-1] == 0
    peaks = given.layers[1].peaks[0, list(given.layers[1].channels)].tolist()
    order = sorted(range(7), key=lambda place: -peaks[place])
    assert all(alike[a] >= alike[b] for a, b in pairwise(order))
    assert alike[order[6]] < by_itself[0]
    assert page.evaluate(SILENCE) == "1: 5 of 12 maps are never positive on this picture, 5 on any of the 3."


@pytest.mark.parametrize("width", [700, 390, 320])
def test_everything_fits_and_can_be_touched(mount, width):
    page = mount(FeatureMaps(trace(network(32), pictures(6)), classes=CLASSES), width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    for cell in page.locator(".bf-cell").all():
        box = cell.bounding_box()
        assert min(box["width"], box["height"]) >= 24
        assert box["x"] >= -3
        assert box["x"] + box["width"] <= width + 3
    titles = page.locator('svg[aria-label="The strongest maps of each layer"] > .fm-still > text')
    boxes = [title.bounding_box() for title in titles.all()]
    for left, right in zip(boxes[::2], boxes[1::2], strict=True):
        assert left["x"] + left["width"] < right["x"]


def test_one_black_picture_one_map_and_nothing_but_zeros(mount):
    net = nn.Sequential(nn.Conv2d(3, 1, 3, padding=2), nn.ReLU())
    net[0].bias.data.fill_(-1.0)
    page = mount(FeatureMaps(trace(net, torch.zeros(1, 3, 8, 12), layers=["1"])), width=390)
    assert page.evaluate(UNIT) == "Map 0 of 1, row 5, column 7: 0. This unit sees 3 × 3 of 8 × 12 pixels."
    assert page.evaluate(SILENCE) == "1: 1 of 1 map is never positive on this picture."
    assert page.locator(".fm-answer").text_content() == ""
    page.get_by_role("radio", name="all maps of a layer alike").check()
    page.wait_for_function("window.traits.scale === 'layer'")
    side = page.locator(".fm-picture").bounding_box()
    assert side["width"] / side["height"] == pytest.approx(12 / 8, abs=0.02)


def test_a_unit_of_padding_alone_has_no_frame(mount):
    net = nn.Sequential(nn.Conv2d(3, 2, 1, padding=1))
    page = mount(FeatureMaps(trace(net, pictures(1, 8, 8), layers=["0"])))
    for name in ("row of the unit", "column of the unit"):
        page.get_by_role("slider", name=name).focus()
        page.keyboard.press("Home")
    page.wait_for_function(f"{UNIT}.endsWith('sees no pixel, only padding.')")
    assert page.locator(".fm-picture .fm-frame").count() == 0


def test_it_says_what_changed(mount):
    page = mount(FeatureMaps(rectified(), layer=3, map=0))
    page.get_by_role("slider", name="row of the unit").focus()
    page.keyboard.press("Home")
    page.keyboard.press("End")
    page.wait_for_function(
        """() => document.querySelector('[aria-live]').textContent.includes('row 0')
          && document.querySelector('[aria-live]').textContent.includes('positive')"""
    )
    label = page.locator(".fm-picture").get_attribute("aria-label")
    assert label.startswith("Picture 1; the unit sees ")
    assert label.endswith("on")
