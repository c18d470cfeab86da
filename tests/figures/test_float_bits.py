"""FloatBits: every pattern means what torch says it means, and every number rounds as torch rounds it."""

import decimal
import math

import pytest
import torch

from helpers.figures import FloatBits

SIGNED = {"float64": torch.int64, "float32": torch.int32, "float16": torch.int16, "bfloat16": torch.int16}
NAMES = tuple(SIGNED)


def layout(name):
    return FloatBits(formats=[name]).formats[0]


def patterns(name, count=4000):
    """Every pattern of a 16-bit format; of a wider one, random patterns and the special ones."""
    kind = SIGNED[name]
    if torch.iinfo(kind).bits == 16:
        return torch.arange(-(2**15), 2**15, dtype=torch.int32).to(kind)
    limits = torch.iinfo(kind)
    anywhere = torch.randint(
        limits.min, limits.max, (count,), dtype=kind, generator=torch.Generator().manual_seed(1)
    )
    subnormal = anywhere & (2 ** layout(name)["fraction"] - 1)
    ends = torch.finfo(getattr(torch, name))
    special = torch.tensor(
        [0.0, -0.0, math.inf, -math.inf, math.nan, ends.max, ends.min, ends.tiny, ends.smallest_normal / 2],
        dtype=getattr(torch, name),
    )
    return torch.cat([anywhere, subnormal, special.view(kind)])


def unsigned(pattern_tensor):
    """Patterns as decimal texts, read as unsigned: what the figure's BigInt arithmetic takes."""
    width = 8 * pattern_tensor.element_size()
    return [str(pattern % 2**width) for pattern in pattern_tensor.tolist()]


def rounded(name, numbers):
    return unsigned(numbers.to(getattr(torch, name)).view(SIGNED[name]))


def bitwise_equal(left, right):
    """Equal as float64 bits (so that -0 is not 0), all nans alike."""
    same = left.view(torch.int64) == right.view(torch.int64)
    return bool((same | (left.isnan() & right.isnan())).all())


@pytest.mark.parametrize("name", NAMES)
def test_patterns_decode_to_torchs_values(run_js, name):
    held = patterns(name)
    values = held.view(getattr(torch, name)).to(torch.float64)
    found = torch.tensor(
        run_js("float_bits/formats", "valuesOf", layout(name), unsigned(held)), dtype=torch.float64
    )
    assert values.isnan().any()
    assert values.isinf().any()
    assert bitwise_equal(found, values)


@pytest.mark.parametrize("name", NAMES)
def test_values_encode_to_the_patterns_they_came_from(run_js, name):
    held = patterns(name)
    values = held.view(getattr(torch, name)).to(torch.float64)
    held, values = held[~values.isnan()], values[~values.isnan()]
    assert run_js("float_bits/formats", "patternsOf", layout(name), values.tolist()) == unsigned(held)


@pytest.mark.parametrize("name", ["float16", "bfloat16"])
def test_numbers_between_two_neighbours_round_as_torch_rounds_them(run_js, name):
    values = patterns(name).view(getattr(torch, name)).to(torch.float64)
    ordered = values[values.isfinite()].sort().values
    ties = ((ordered[1:] + ordered[:-1]) / 2)[::5]
    # Nearer to a tie than float32 can tell: here torch's detour by way of float32 shows.
    near = [ties[start::4] * (1 + change) for start, change in enumerate((1e-3, -1e-3, 1e-9, -1e-9))]
    numbers = torch.cat([ties, *near])
    assert run_js("float_bits/formats", "patternsOf", layout(name), numbers.tolist()) == rounded(
        name, numbers
    )


@pytest.mark.parametrize("name", NAMES)
def test_random_numbers_of_every_size_round_as_torch_rounds_them(run_js, name):
    generator = torch.Generator().manual_seed(2)
    numbers = torch.randn(4000, dtype=torch.float64, generator=generator)
    numbers *= 10.0 ** torch.randint(-50, 42, (4000,), generator=generator)
    edges = [
        65504,
        65519.99,
        65520,
        3.4028235677973362e38,
        3.4028235677973366e38,
        3.39e38,
        1e39,
        7e-46,
        7.1e-46,
    ]
    numbers = torch.cat([numbers, torch.tensor([*edges, math.inf, -math.inf, -0.0], dtype=torch.float64)])
    assert run_js("float_bits/formats", "patternsOf", layout(name), numbers.tolist()) == rounded(
        name, numbers
    )


@pytest.mark.parametrize("name", NAMES)
def test_nan_encodes_to_a_nan(run_js, name):
    (pattern,) = run_js("float_bits/formats", "patternsOf", layout(name), [math.nan])
    assert math.isnan(run_js("float_bits/formats", "valuesOf", layout(name), [pattern])[0])


@pytest.mark.parametrize("name", NAMES)
def test_decimals_are_exact_to_the_last_digit(run_js, name):
    held = patterns(name)[::37]
    values = held.view(getattr(torch, name)).to(torch.float64).tolist()
    texts = run_js("float_bits/formats", "decimalsOf", layout(name), unsigned(held))
    for text, value in zip(texts, values, strict=True):
        read = decimal.Decimal(text.replace("−", "-"))
        exact = decimal.Decimal(value)
        assert (read.is_nan() and exact.is_nan()) or (read == exact and read.is_signed() == exact.is_signed())


@pytest.mark.parametrize("name", NAMES)
def test_layout_and_limits_are_torchs(run_js, name):
    limits = torch.finfo(getattr(torch, name))
    form = layout(name)
    assert 1 + form["exponent"] + form["fraction"] == limits.bits
    assert run_js("float_bits/formats", "largest", form) == limits.max
    assert run_js("float_bits/formats", "smallestNormal", form) == limits.smallest_normal


def test_spacing_above_one_is_eps(run_js):
    for name in NAMES:
        form = layout(name)
        (one,) = run_js("float_bits/formats", "patternsOf", form, [1.0])
        assert run_js("float_bits/formats", "spacingOf", form, [one]) == [
            torch.finfo(getattr(torch, name)).eps
        ]


def test_a_flipped_bit_becomes_the_number_of_all_rows(run_js):
    form = layout("float16")
    state = run_js("float_bits/formats", "afterFlip", form, {"number": "1", "pinned": {}}, 0)
    assert state == {"number": "-1", "pinned": {"name": "float16", "pattern": str(0b1011110000000000)}}
    state = run_js("float_bits/formats", "afterFlip", form, {"number": "Infinity", "pinned": {}}, 15)
    assert state["number"] == "NaN"
    assert int(state["pinned"]["pattern"]) == 0b0111110000000001


@pytest.mark.parametrize("room", [300, 358, 700])
@pytest.mark.parametrize("name", NAMES)
def test_bits_lie_inside_the_figure_and_apart(run_js, name, room):
    places = run_js(
        "float_bits/views", "bitLayout", layout(name), {"width": room, "size": 21 if room > 640 else 28}
    )
    assert [place["bit"] for place in places] == list(range(torch.finfo(getattr(torch, name)).bits))
    assert len({(place["x"], place["y"]) for place in places}) == len(places)
    assert all(0 <= place["x"] <= room - 21 for place in places)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.1, "0.1"),
        (-0.0, "-0.0"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
        (math.nan, "NaN"),
        (3, "3.0"),
    ],
)
def test_python_and_javascript_read_the_saved_number_alike(number, text):
    saved = FloatBits(number=number).number
    assert saved == text
    assert str(float(saved)) == str(float(number))


def test_repr_holds_the_number_and_no_address():
    assert repr(FloatBits(number=0.1)) == "FloatBits(number='0.1')"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"number": "0.1"}, TypeError, "number must be a float"),
        ({"number": True}, TypeError, "number must be a float"),
        ({"formats": []}, ValueError, "formats must be a list"),
        ({"formats": "float32"}, ValueError, "formats must be a list"),
        ({"formats": ["float8"]}, ValueError, "formats must be from .*'float8'"),
        ({"formats": ["float32", "float32"]}, ValueError, "formats must differ"),
    ],
)
def test_bad_arguments_are_refused_by_name(arguments, error, message):
    with pytest.raises(error, match=message):
        FloatBits(**arguments)
