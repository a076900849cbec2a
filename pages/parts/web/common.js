const IMAGE = new RegExp(`^(?:${IMAGE_ADDRESS})$`), LINK = new RegExp(`^(?:${LINK_ADDRESS})$`)
const el = (tag, cls, text) => {
  const e = document.createElement(tag)
  if (cls) e.className = cls
  if (text != null) e.textContent = text
  return e
}
const ic = (name, tone) => {
  const e = el('span', 'ic', name)
  e.setAttribute('aria-hidden', 'true')
  if (tone) e.dataset.t = tone
  return e
}
const chip = (text, tone, symbol) => {
  const e = el('span', symbol ? 'chip' : 'chip bare')
  if (tone) e.dataset.t = tone
  if (symbol) e.append(ic(symbol))
  e.append(el('span', 'cut', text))
  e.title = text
  return e
}
const mark = (channel, practice) => {
  const e = el('span', practice ? 'mark pr' : 'mark', GLYPH[channel] ?? channel.slice(0, 1).toUpperCase())
  const name = (NAME[channel] || channel) + (practice ? ', practice' : '')
  if (NAME[channel]) e.style.setProperty('--c', `var(--c-${channel})`)
  e.dataset.c = channel
  e.title = name
  e.setAttribute('role', 'img')
  e.setAttribute('aria-label', name)
  return e
}
const safe = address => (IMAGE.test(address || '') ? address : '')
const img = (address, alt) => {
  const e = el('img')
  if (safe(address)) e.src = safe(address)
  e.alt = alt || ''
  e.loading = 'lazy'
  e.decoding = 'async'
  e.draggable = false
  return e
}
const anchor = (text, address) => {
  const good = LINK.test(address || ''), e = el(good ? 'a' : 'span', '', text)
  if (good) Object.assign(e, { href: address, target: '_blank', rel: 'noopener noreferrer' })
  return e
}
const act = (e, run) => {                                // a thing to press: mouse, Enter and Space alike
  e.tabIndex = 0
  if (!e.hasAttribute('role')) e.setAttribute('role', 'button')
  e.addEventListener('click', run)
  e.addEventListener('keydown', k => {
    if (k.target === e && (k.key === 'Enter' || k.key === ' ')) { k.preventDefault(); k.stopPropagation(); run(k) }
  })
  return e
}
const press = (symbol, word, run, bare) => {             // a button inside a pressable row
  const e = el('span', bare ? 'b i' : 'b')
  e.append(ic(symbol))
  if (!bare) e.append(el('span', 'word', word))
  e.setAttribute('aria-label', word)
  e.title = word
  return act(e, k => { k.stopPropagation(); run(k) })
}
const root = (parent, cls) => {                          // called again on every change of data: starts clean
  let r = parent.querySelector('.' + cls)
  if (!r) { r = el('div', cls); parent.appendChild(r) }
  r.replaceChildren()
  return r
}
// Ticks live in the browser so that they show at once; an older answer from the server must not undo a newer tick.
const ticks = (host, data) => {
  if (!host.ticked || data.turn >= host.turn) { host.ticked = new Set(data.selected); host.turn = data.turn }
  return host.ticked
}
const tell = (host, fire) => { host.turn += 1; fire('picked', { ids: [...host.ticked], turn: host.turn }) }
const box_of = (host, id, name, fire) => {               // the box to tick in a row; Shift ticks a range
  const c = el('span', 'ck')
  c.dataset.box = id
  c.put = () => {
    const on = host.ticked.has(id)
    c.setAttribute('aria-checked', on)
    c.replaceChildren(...(on ? [ic('check')] : []))
  }
  c.setAttribute('role', 'checkbox')
  c.setAttribute('aria-label', 'Select ' + name)
  act(c, e => {
    e.stopPropagation()
    const all = [...host.querySelectorAll('[data-box]')], to = all.indexOf(c)
    const from = e.shiftKey ? all.findIndex(one => one.dataset.box === host.last) : -1
    if (from < 0) host.ticked.has(id) ? host.ticked.delete(id) : host.ticked.add(id)
    else all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach(one => host.ticked.add(one.dataset.box))
    host.last = id
    all.forEach(one => one.put())
    tell(host, fire)
  })
  c.put()
  return c
}
const paged = (host, page) => {                          // another page of a list is seen from its top
  if (host.page != null && host.page !== page) host.scrollIntoView({ block: 'start' })
  host.page = page
}
const watch = (host, draw) => {                          // redraw when the width changes; returns the clean-up
  let width = host.clientWidth
  const o = new ResizeObserver(() => { if (host.clientWidth !== width) { width = host.clientWidth; draw() } })
  o.observe(host)
  return () => o.disconnect()
}
