"""The module as its users meet it. Needs it installed (pip install .) or on the path."""

import pickle
import threading

import numpy as np
import pytest

import cadrecode
from cadrecode import bridges, compat

PLATE = ("import cadquery as cq\nw0=cq.Workplane('XY',origin=(0,0,0))\n"
         "r=w0.sketch().rect(60,40).push([(0,0)]).circle(8,mode='s').finalize().extrude(10)")
VOLUME = 60 * 40 * 10 - np.pi * 64 * 10


def test_part_is_what_the_program_says():
    part = cadrecode.Part(PLATE)
    assert part.volume == pytest.approx(VOLUME, rel=1e-12)
    assert part.bbox == ((-30, -20, 0), (30, 20, 10))
    assert part.valid and part.verdict == "" and len(part) == 1
    assert part.iou(cadrecode.Part(PLATE.replace("(10)", "(20)"))) == pytest.approx(0.5)
    assert part.steps[0]["profile"][0]["inner"][0][0]["radius"] == 8
    assert cadrecode.Part(part.readable) == part == cadrecode.Part(part.code)
    assert pickle.loads(pickle.dumps(part)) == part and hash(part) == hash(cadrecode.Part(part.code))


def test_moments_have_the_centre_of_the_plate():
    moments = cadrecode.Part(PLATE).moments
    assert moments["volume"] == pytest.approx(VOLUME)
    assert moments["center"] == pytest.approx((0, 0, 5), abs=1e-9)


def test_samples_lie_on_the_surface_and_repeat():
    part = cadrecode.Part(PLATE)
    points, normals = part.sample(256)
    assert points.shape == normals.shape == (256, 3)
    assert np.abs(part.signed_distance(points)).max() < 1e-9
    assert np.allclose(np.linalg.norm(normals, axis=1), 1)
    assert np.array_equal(points, part.sample(256)[0])
    assert not np.array_equal(points, part.sample(256, seed=1)[0])
    assert part.signed_distance(np.array([[25.0, 0, 5]]))[0] < 0 < part.signed_distance(np.array([[0.0, 0, 5]]))[0]


def test_arrays_of_the_wrong_shape_are_refused():
    with pytest.raises(TypeError):
        cadrecode.Part(PLATE).signed_distance(np.zeros((3, 2)))


def test_run_gives_facts_or_a_place():
    facts = cadrecode.run(PLATE)
    assert facts.valid and facts.volume == pytest.approx(VOLUME) and (facts.solids, facts.faces) == (1, 7)
    with pytest.raises(cadrecode.Error) as caught:
        cadrecode.run("import cadquery as cq\nr=cq.Workplane().boks(1,2,3)")
    assert caught.value.line == 2 and "boks" in caught.value.message
    assert pickle.loads(pickle.dumps(caught.value)).line == 2


def test_a_hostile_program_costs_only_its_own_answer():
    with pytest.raises(cadrecode.Error):
        cadrecode.run("while True: pass")
    assert cadrecode.run(PLATE).valid


def test_run_writes_what_is_asked_for(tmp_path):
    cadrecode.run(PLATE, [tmp_path / "a.step", tmp_path / "a.stl"])
    assert (tmp_path / "a.step").read_bytes().startswith(b"ISO-10303-21")
    vertices, faces = bridges.from_stl((tmp_path / "a.stl").read_bytes())
    corners = vertices[faces]
    volume = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
    assert volume == pytest.approx(VOLUME, rel=5e-3)


def test_run_many_answers_in_order():
    answers = list(cadrecode.run_many([PLATE, "x", PLATE], jobs=2))
    assert [isinstance(a, cadrecode.Error) for a in answers] == [False, True, False]

    def broken():
        yield PLATE
        raise RuntimeError("the caller's own")

    with pytest.raises(RuntimeError):
        list(cadrecode.run_many(broken()))


def test_threads_share_the_runner():
    results = []
    threads = [threading.Thread(target=lambda: results.append(cadrecode.run(PLATE).faces)) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert results == [7] * 8


def test_metric_and_reward():
    taller = PLATE.replace("(10)", "(12)")
    row = cadrecode.metric(PLATE, taller)
    assert row["valid"] and row["iou"] == pytest.approx(10 / 12, abs=1e-6) and row["cd"] > row["excess_cd"] > 0
    assert not cadrecode.metric(PLATE, "junk")["valid"]
    rewards = cadrecode.reward([PLATE, taller, "junk"], PLATE)
    assert rewards == pytest.approx([10, 100 / 12, -10])
    each = compat.reward_function("truth")([PLATE, [{"role": "assistant", "content": "junk"}]], truth=[PLATE, PLATE])
    assert each == pytest.approx([10, -10])
    with pytest.raises(cadrecode.Error):
        cadrecode.reward([PLATE], ["a", "b"])


def test_generate_is_a_function_of_seed_and_index():
    rows = list(cadrecode.generate(5, seed=3))
    assert rows[4]["code"] == next(cadrecode.generate(seed=3, start=4))["code"]
    assert all(cadrecode.Part(row["code"]).valid for row in rows)


def test_reconstruct_from_points_and_arrays():
    part = cadrecode.Part(PLATE)
    made = cadrecode.reconstruct(part.sample(4000, dense=0)[0])
    assert made.part.iou(part) > 0.99 and made.verdict in ("exact", "good")
    assert made.step.startswith(b"ISO-10303-21") and "canvas" in made._repr_html_()
    with pytest.raises(cadrecode.Error):
        cadrecode.reconstruct(np.zeros((10, 4)))
    with pytest.raises(cadrecode.Error):
        cadrecode.reconstruct("there-is-no-such.stl")


def test_the_official_folder_layout(tmp_path):
    for k, code in enumerate([PLATE, PLATE.replace("60", "50")]):
        (tmp_path / f"a+{k}.py").write_text(code)
    assert list(compat.load_predictions(tmp_path)) == ["a"] and len(compat.load_predictions(tmp_path)["a"]) == 2
    (tmp_path / "truth").mkdir()
    for stem in "ab":
        cadrecode.run(PLATE, outputs=[tmp_path / "truth" / f"{stem}.stl"])
    numbers = compat.evaluate(tmp_path / "truth", tmp_path, jobs=1)  # b has no prediction
    assert numbers["parts"] == 2 and numbers["candidates"] == 2 and numbers["invalid_ratio"] == pytest.approx(0.5)
    assert numbers["mean_iou"] > 0.999 and 0 < numbers["mean_cd"] < 1
    with pytest.raises(cadrecode.Error, match="no predictions"):
        compat.evaluate(tmp_path / "truth", tmp_path / "truth")
