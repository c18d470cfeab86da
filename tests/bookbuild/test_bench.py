"""The benchmark of the figures: it counts what it says; how long things take is not tested."""

import pytest

from bookbuild.bench import bench


def test_the_summary_is_median_and_95th_percentile():
    middle, late = bench.summary([float(value) for value in range(1, 100)])
    assert middle == 50
    assert late == 95


@pytest.mark.parametrize("benchmark", [bench.BENCHMARKS[0], bench.BENCHMARKS[2]], ids=lambda one: one.name)
def test_every_input_gets_one_answer(browser, benchmark):
    timing = bench.measure(browser, benchmark, 5)
    assert len(timing.answer) == len(timing.work) >= 5
    assert all(0 < work <= answer for work, answer in zip(timing.work, timing.answer, strict=True))


def test_an_unknown_name_is_refused(capsys):
    with pytest.raises(SystemExit):
        bench.main(["NoSuchFigure"])
    assert "no benchmark has that name" in capsys.readouterr().err
