"""Layers under one another, sized together."""

from services.creative.render.layers import ButtonLayer, Layer, LogoLayer, Stack, TextLayer
from services.creative.render.layout.placed import Box, Placed
from services.creative.render.layout.setting import BUTTON_HEIGHT, block_height, fit_text, place_text, set_button
from services.creative.render.layout.single import Contents, place_single

_STEPS = 24  # sizes of a stack are tried in this many steps between smallest and largest


class Column:
    """Layers under one another, sized together so that they fill but never leave their stack."""

    def __init__(self, members: list[Layer], contents: Contents, box: Box, stack: Stack, rtl: bool) -> None:
        self.members = members
        self.contents = contents
        self.box = box
        self.anchor = stack.anchor
        self.rtl = rtl
        self.most_lines = {m.name: m.max_lines for m in members if isinstance(m, TextLayer)}

    def solve(self) -> list[Placed]:
        """The members placed at the largest sizes that fit; texts are cut only when even the smallest do not."""
        low, high, best = 0, _STEPS, -1
        while low <= high:
            step = (low + high) // 2
            if self._height(step / _STEPS) <= self.box.h:
                best, low = step, step + 1
            else:
                high = step - 1
        while best < 0 and self._shorten():
            best = 0 if self._height(0.0) <= self.box.h else -1
        return self._place(max(0, best) / _STEPS)

    def _shorten(self) -> bool:
        """Take a line from the text with the most; False when each is down to one."""
        longest = max(self.most_lines, key=lambda name: self.most_lines[name], default=None)
        if longest is None or self.most_lines[longest] <= 1:
            return False
        self.most_lines[longest] -= 1
        return True

    def _size(self, layer: TextLayer | ButtonLayer, share: float) -> int:
        return round(layer.min_size + share * (layer.max_size - layer.min_size))

    def _height(self, share: float) -> float:
        gaps = sum(layer.gap for layer in self.members[1:])
        return gaps + sum(self._member_height(layer, share) for layer in self.members)

    def _member_height(self, layer: Layer, share: float) -> float:
        if isinstance(layer, TextLayer):
            words = self.contents.texts[layer.field]
            limit = self.most_lines[layer.name]
            fitted, style = fit_text(layer, words, self.box.w, self._size(layer, share), limit)
            return block_height(fitted, layer.leading, style)
        if isinstance(layer, ButtonLayer):
            return self._size(layer, share) * BUTTON_HEIGHT
        return float(layer.size) if isinstance(layer, LogoLayer) else 0.0

    def _place(self, share: float) -> list[Placed]:
        spare = self.box.h - self._height(share)
        y = self.box.y + {"top": 0.0, "centre": spare / 2, "bottom": spare}[self.anchor]
        out = []
        for i, layer in enumerate(self.members):
            y += layer.gap if i else 0
            height = self._member_height(layer, share)
            out.append(self._one(layer, Box(self.box.x, y, self.box.w, height), share))
            y += height
        return out

    def _one(self, layer: Layer, box: Box, share: float) -> Placed:
        if isinstance(layer, TextLayer):
            words = self.contents.texts[layer.field]
            limit = self.most_lines[layer.name]
            fitted, style = fit_text(layer, words, box.w, self._size(layer, share), limit)
            text = place_text(fitted, style, layer.leading, box, layer.anchor, rtl=self.rtl)
            return Placed(layer, box, self.rtl, text)
        if isinstance(layer, ButtonLayer):
            words = self.contents.texts[layer.field]
            button, text = set_button(layer, words, box, self._size(layer, share), rtl=self.rtl)
            return Placed(layer, button, self.rtl, text)
        return place_single(layer, box, self.contents, self.rtl)
