const box = (symbol, tone) => {
  const e = el('span', 'bx')
  e.style.cssText = `background:var(--t-${tone}-bg);color:var(--t-${tone}-tx)`
  e.append(ic(symbol))
  return e
}
const middle = d => {
  const m = el('div', 'm'), s = el('div', 's')
  const t = el('div', 't', d.title)
  t.dir = 'auto'
  if (d.marks.length) {
    const k = el('span', 'mk')
    d.marks.forEach(c => k.append(mark(c, d.practice)))
    s.append(k)
  }
  if (d.chip) s.append(chip(...d.chip))
  if (d.sub) s.append(el('span', 'cut', d.sub))
  m.append(t)
  if (s.childNodes.length) m.append(s)
  if (d.progress != null) {
    const p = el('div', 'pb'), i = el('i')
    p.setAttribute('role', 'progressbar')
    p.setAttribute('aria-valuenow', Math.round(d.progress * 100))
    i.style.width = Math.min(1, Math.max(0, d.progress)) * 100 + '%'
    p.append(i)
    m.append(p)
  }
  return m
}
export default function ({ data, parentElement, setTriggerValue: fire }) {
  const host = root(parentElement, 'rows')
  host.classList.toggle('flat', !!data.flat)
  host.classList.toggle('still', !!data.still)
  ticks(host, data)
  for (const d of data.rows) {
    if (d.head) { host.append(el('div', 'hd', d.head)); continue }
    const r = el('div', 'r' + (d.id === data.active ? ' on' : '') + (d.unread ? ' un' : ''))
    r.dataset.id = d.id
    if (!data.still) act(r, () => fire('open', d.id))
    if (d.id === data.active) r.setAttribute('aria-current', 'true')
    if (data.selectable) r.append(box_of(host, d.id, d.title, fire))
    if (d.thumb) r.append(Object.assign(safe(d.thumb) ? img(d.thumb, '') : el('span'), { className: 'th' }))
    else if (d.icon) r.append(box(d.icon, d.tone))
    r.append(middle(d))
    if (d.action) r.append(el('span', 'go', d.action))
    if (d.right || d.right_chip) {
      const e = el('div', 'e')
      if (d.right_chip) e.append(chip(...d.right_chip))
      if (d.right) e.append(el('span', 'num', d.right))
      r.append(e)
    }
    host.append(r)
  }
  paged(host, data.page)
}
