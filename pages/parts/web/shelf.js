const GAP = 12
const lines = (files, width, height) => {                // row heights such that each row fills the width exactly
  const out = []
  let line = [], sum = 0
  for (const f of files) {
    const r = Math.max(.56, Math.min(1.95, f.width / f.height || 1))
    line.push([f, r])
    sum += r
    if (sum * height + GAP * (line.length - 1) >= width) {
      out.push([line, (width - GAP * (line.length - 1)) / sum])
      line = []
      sum = 0
    }
  }
  if (line.length) out.push([line, height])
  return out
}
export default function ({ data, parentElement, setTriggerValue: fire }) {
  const host = root(parentElement, 'shelf'), ids = data.files.map(f => f.id)
  ticks(host, data)
  const tick = (f, range) => {
    const from = ids.indexOf(host.last), to = ids.indexOf(f.id)
    if (range && from >= 0) ids.slice(Math.min(from, to), Math.max(from, to) + 1).forEach(x => host.ticked.add(x))
    else host.ticked.has(f.id) ? host.ticked.delete(f.id) : host.ticked.add(f.id)
    host.last = f.id
    put()
    tell(host, fire)
  }
  const put = () => {                                    // ticks change in place: focus and pictures stay
    host.classList.toggle('any', host.ticked.size > 0)
    host.querySelectorAll('.it').forEach(e => {
      const on = host.ticked.has(e.dataset.id), k = e.querySelector('.ck')
      e.classList.toggle('on', on)
      if (!k) return
      k.setAttribute('aria-checked', on)
      k.replaceChildren(...(on ? [ic('check')] : []))
    })
  }
  const item = (f, w, h) => {
    const c = el('div', f.id === data.active ? 'it at' : 'it'), p = el('div', 'ph'), n = el('div', 'nm')
    c.dataset.id = f.id
    c.style.width = w + 'px'
    act(c, () => fire('open', f.id))
    c.setAttribute('aria-label', f.name)
    p.style.height = h + 'px'
    if (/^#[0-9a-fA-F]{6}$/.test(f.colour)) p.style.background = f.colour
    if (safe(f.src)) p.append(img(f.src, f.name))
    if (data.selectable) {
      const k = el('span', 'ck')
      k.setAttribute('role', 'checkbox')
      k.setAttribute('aria-label', 'Select ' + f.name)
      act(k, e => { e.stopPropagation(); tick(f, e.shiftKey) })
      p.append(k)
    }
    if (f.clip) {
      const v = el('span', 'ov num')
      v.append(ic('play_arrow'), document.createTextNode(f.clip))
      p.append(v)
    }
    if (f.badge) p.append(chip(...f.badge))
    n.append(el('span', 'cut', f.name), el('span', 'mut num', f.note))
    c.append(p, n)
    return c
  }
  const draw = () => {
    const w = host.clientWidth || 1000, base = w < 520 ? Math.min(118, data.height) : data.height
    host.replaceChildren()
    for (const [line, h] of lines(data.files, w, base)) {
      const l = el('div', 'line')
      line.forEach(([f, r]) => l.append(item(f, h * r, h)))
      host.append(l)
    }
    put()
  }
  draw()
  return watch(host, draw)
}
