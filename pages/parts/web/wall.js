const MOST_MARKS = 3
const head = a => {
  const h = el('div', 'hd'), v = el('span', 'av', a.initials), sp = el('span', 'sp')
  v.style.background = a.ground
  const known = a.platforms.filter(p => NAME[p]), others = a.platforms.filter(p => !NAME[p])
  known.slice(0, MOST_MARKS).forEach(p => sp.append(mark(p)))
  const hidden = [...known.slice(MOST_MARKS).map(p => NAME[p]), ...others]
  if (hidden.length) {
    const m = el('span', 'more', '+' + hidden.length)
    m.title = hidden.join(', ')
    sp.append(m)
  }
  const name = el('span', 'bn cut', a.advertiser)
  name.dir = 'auto'
  h.append(v, name)
  if (a.fresh) h.append(chip('New', 'violet'))
  if (a.saved) h.append(ic('bookmark', 'violet'))
  h.append(sp)
  return h
}
const picture = a => {
  const im = el('div', 'im')
  im.style.aspectRatio = 1 / Math.min(Math.max(a.ratio, .45), 1.45)
  im.append(img(a.image, a.headline || a.body))
  if (a.video) {
    const p = el('span', 'play')
    p.append(ic('play_arrow'))
    im.append(p)
  }
  return im
}
const words = a => {                                     // an ad without a picture: its own words, set like a poster
  const s = el('div', 'say')
  s.style.setProperty('--g', a.ground)
  const n = a.headline.length
  if (n) {
    const q = el('div', 'q ' + (n <= 34 ? 's' : n <= 84 ? 'm' : 'l'), a.headline)
    q.dir = 'auto'
    s.append(q)
  }
  if (a.body) {
    const x = el('div', n ? 'ex' : 'ex only', a.body)
    x.dir = 'auto'
    s.append(x)
  }
  if (!n && !a.body) s.append(el('div', 'ex mut', 'No text in this ad'))
  return s
}
const running = a => {
  const r = el('div', a.active ? 'run' : 'run off'), s = el('span', 'str'), f = el('i')
  const t = el('span', 'num')
  if (a.days == null) t.textContent = a.active ? 'Running' : 'Not running'
  else {
    t.append(a.active ? 'Running ' : 'Stopped after ', el('b', '', a.days), a.days === 1 ? ' day' : ' days')
    if (a.versions > 1) t.append(` · ${a.versions} versions`)
  }
  f.style.width = a.share * 100 + '%'
  s.append(f)
  r.append(el('span', 'dot'), t, s)
  return r
}
const card = (a, acts, fire) => {
  const c = el('article', 'ad')
  c.dataset.id = a.id
  act(c, () => fire('open', a.id))
  c.setAttribute('aria-label', `${a.advertiser}. ${a.headline || a.body.slice(0, 120)}`)
  const shown = safe(a.image) ? picture(a) : words(a)
  if (acts.length) {
    const h = el('div', 'hov')
    acts.forEach(x => h.append(press(x.symbol, x.word, () => fire('act', { act: x.id, id: a.id }))))
    shown.append(h)
  }
  c.append(head(a), shown)
  if (a.domain || a.button) {
    const k = el('div', 'cta')
    k.append(el('span', 'cut', a.domain))
    if (a.button) k.append(el('b', '', a.button))
    c.append(k)
  }
  if (safe(a.image) && (a.headline || a.body)) {
    const t = el('div', 'tx', a.headline || a.body)
    t.dir = 'auto'
    c.append(t)
  }
  if (a.tags.length) {
    const g = el('div', 'tg')
    a.tags.forEach(t => g.append(chip(...t)))
    c.append(g)
  }
  if (a.runs) c.append(running(a))
  if (a.dates || a.facts) {
    const d = el('div', 'dt num')
    d.append(el('span', '', a.dates), el('span', '', a.facts))
    c.append(d)
  }
  return c
}
const height = a => 118 + (a.image ? Math.min(a.ratio, 1.45) * 256
  : 60 + Math.min(5, a.headline.length / 24) * 26 + Math.min(6, a.body.length / 40) * 19)
export default function ({ data, parentElement, setTriggerValue: fire }) {
  const host = root(parentElement, 'wall')
  let drawn = 0
  const draw = () => {
    const w = host.clientWidth || 900, n = Math.max(1, Math.min(5, Math.floor((w + 16) / (w < 420 ? 170 : 256))))
    if (n === drawn) return
    drawn = n
    const g = el('div', 'cols'), cols = [], sums = Array(n).fill(0)
    g.style.setProperty('--n', n)
    for (let i = 0; i < n; i++) { cols.push(el('div', 'col')); g.append(cols[i]) }
    for (const a of data.ads) {
      const k = sums.indexOf(Math.min(...sums))
      sums[k] += height(a)
      cols[k].append(card(a, data.acts, fire))
    }
    host.replaceChildren(g)
  }
  draw()
  return watch(host, draw)
}
