"""The pictures of a clip: upright, in the wanted size, evenly timed."""

from collections.abc import Iterator
from fractions import Fraction

from av.filter.graph import Graph
from av.video.frame import VideoFrame

from services.media.clips.wanted import Way

_TURNS = {90: "transpose=cclock", 180: "hflip,vflip", 270: "transpose=clock"}
_RATES = (23, 60)  # pictures a second that every platform takes
_USUAL_RATE = Fraction(30)
_SQUARE = "scale=trunc(iw*sar/2)*2:ih,setsar=1"


def rate_of(average: Fraction | None) -> Fraction:
    """The clip's own pictures a second where platforms take them, else 30."""
    return average if average and _RATES[0] <= average <= _RATES[1] else _USUAL_RATE


class Pictures:
    """Takes decoded pictures, gives those to be encoded; a clip that changes its size midway is followed."""

    def __init__(self, size: tuple[int, int], way: Way, rate: Fraction, aspect: Fraction | None) -> None:
        """:param aspect: width of a pixel to its height; what no camera makes counts as square"""
        self._size, self._way, self._rate = size, way, rate
        self._aspect = aspect if aspect and Fraction(1, 4) < aspect < 4 else Fraction(1)
        self._graph: Graph | None = None
        self._form: tuple[object, ...] = ()
        self._last = -1

    def push(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        """`frame.pts` and `time_base` tell its place in what is made."""
        form = (frame.width, frame.height, frame.format.name, frame.rotation, frame.time_base)
        if form != self._form:
            yield from self.flush()
            self._graph, self._form = self._built(frame), form
        assert self._graph is not None
        self._graph.vpush(frame)
        yield from self._ready()

    def flush(self) -> Iterator[VideoFrame]:
        """What is still held."""
        if self._graph is not None:
            self._graph.push(None)
            yield from self._ready()
            self._graph = None

    def _ready(self) -> Iterator[VideoFrame]:
        while self._graph is not None:
            try:
                frame = self._graph.vpull()
            except (BlockingIOError, EOFError):
                return
            if frame.pts is not None and frame.pts > self._last:
                self._last = frame.pts
                yield frame

    def _built(self, frame: VideoFrame) -> Graph:
        graph = Graph()
        first = graph.add(
            "buffer",
            video_size=f"{frame.width}x{frame.height}",
            pix_fmt=frame.format.name,
            time_base=str(frame.time_base),
            pixel_aspect=str(self._aspect),
        )
        nodes = [first]
        for step in self._steps(frame):
            name, _, terms = step.partition("=")
            nodes.append(graph.add(name, terms or None))
        graph.link_nodes(*nodes, graph.add("buffersink")).configure()
        return graph

    def _steps(self, frame: VideoFrame) -> list[str]:
        steps = [] if self._aspect == 1 else _SQUARE.split(",")
        turn = _TURNS.get(frame.rotation % 360)
        steps += turn.split(",") if turn else []
        width, height = self._size
        if self._way is Way.PAD:
            steps.append(f"scale={width}:{height}:force_original_aspect_ratio=decrease:force_divisible_by=2")
            steps.append(f"pad={width}:{height}:-1:-1:color=black")
        else:
            steps.append(f"scale={width}:{height}:force_original_aspect_ratio=increase")
            steps.append(f"crop={width}:{height}")
        return [*steps, "setsar=1", f"fps={self._rate}", "format=yuv420p"]
