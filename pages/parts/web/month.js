const hue = (e, channel) => { if (NAME[channel]) e.style.setProperty('--c', `var(--c-${channel})`) }
const post = (d, host, fire) => {
  const b = el('div', 'p ' + d.look)
  hue(b, d.channel)
  b.dataset.id = d.id
  act(b, e => { e.stopPropagation(); fire('post', d.id) })
  b.setAttribute('aria-label', d.label)
  b.title = d.label
  const title = el('b', '', d.title)
  title.dir = 'auto'
  if (d.channel) b.append(mark(d.channel, d.practice))
  b.append(el('time', '', d.time), title)
  if (d.warn) b.append(ic('warning', 'orange'))
  b.append(ic(d.symbol, d.tone))
  if (d.locked) { b.classList.add('lock'); return b }
  b.draggable = true                                     // a div, not a button: buttons do not start a drag everywhere
  b.ondragstart = e => {
    e.dataTransfer.setData('text/plain', d.id)
    e.dataTransfer.effectAllowed = 'move'
    b.classList.add('drag')
    host.dragged = d.id
  }
  b.ondragend = () => { b.classList.remove('drag'); host.dragged = null }
  return b
}
const bars = (d, fire) => d.bars.map(p => {              // one piece per lane; the first in its row carries the name
  const b = el('div', p ? `bar${p.starts ? ' s' : ''}${p.ends ? ' e' : ''}` : 'bar none')
  if (!p) return b
  b.dataset.tone = p.tone
  b.title = p.label
  if (!p.name) { b.addEventListener('click', () => fire('bar', p.id)); return b }
  const name = el('span', 'name', p.name)
  name.dir = 'auto'
  name.style.setProperty('--n', p.span)
  b.append(name)
  b.setAttribute('aria-label', 'Campaign ' + p.label)
  return act(b, () => fire('bar', p.id))
})
const drop = (cell, d, host, fire) => {
  cell.ondragover = e => {
    if (!host.dragged) return                            // files and text from elsewhere are none of ours
    if (d.past || d.skipped) { cell.classList.add('no'); return }
    e.preventDefault()
    cell.classList.add('over')
  }
  cell.ondragleave = e => { if (!cell.contains(e.relatedTarget)) cell.classList.remove('over', 'no') }
  cell.ondrop = e => {
    e.preventDefault()
    cell.classList.remove('over', 'no')
    const id = host.dragged
    if (!id || cell.querySelector(`[data-id="${CSS.escape(id)}"]`)) return
    fire('moved', 'hour' in d ? { id, date: d.date, hour: d.hour } : { id, date: d.date })
  }
}
const holiday = d => {
  const h = el('span', 'hol', d.holiday)
  h.title = d.holiday
  return h
}
const empty = (cell, run) => {                           // a click beside the posts makes a new one
  cell.classList.add('may')
  cell.addEventListener('click', e => { if (e.target === cell) run() })
}
const day = (d, data, host, fire) => {
  const c = el('div', 'day' + (d.out ? ' out' : '') + (d.today ? ' today' : '') + (d.past ? ' past' : ''))
  c.dataset.date = d.date
  const top = el('div', 'top')
  top.append(el('span', 'n', d.num))
  if (d.holiday) top.append(holiday(d))
  if (data.may_add && !d.past) {
    const a = el('span', 'add')
    a.append(ic('add'))
    a.setAttribute('aria-label', 'New post on ' + d.date)
    top.append(act(a, e => { e.stopPropagation(); fire('day', d.date) }))
    empty(c, () => fire('day', d.date))
  }
  c.append(top, ...bars(d, fire))
  d.posts.forEach(p => c.append(post(p, host, fire)))
  if (d.more > 0) {
    const m = el('div', 'more', `+${d.more} more`)
    c.append(act(m, () => fire('more', d.date)))
  }
  if (d.count) {                                         // the phone shows dots; a tap tells which day
    const dots = el('div', 'dots')
    dots.setAttribute('aria-label', `${d.count} posts on ${d.date}`)
    d.dots.forEach(channel => { const i = el('i'); hue(i, channel); dots.append(i) })
    c.append(act(dots, () => fire('more', d.date)))
  }
  drop(c, d, host, fire)
  return c
}
const cell = (d, row, data, host, fire) => {
  const c = el('div', `slot${d.past ? ' past' : ''}${d.skipped ? ' no' : ''}`)
  Object.assign(c.dataset, { date: d.date, hour: row.hour })
  d.posts.forEach(p => c.append(post(p, host, fire)))
  const open = e => { e.stopPropagation(); fire('more', d.date) }
  if (d.more > 0) c.append(act(el('div', 'more', `+${d.more} more`), open))
  if (d.now != null) {
    const line = el('div', 'now')
    line.style.top = `${d.now / 60 * 100}%`
    c.append(line)
  }
  if (data.may_add && !d.past && !d.skipped) empty(c, () => fire('day', { date: d.date, hour: row.hour }))
  drop(c, { ...d, hour: row.hour }, host, fire)
  return c
}
const week = (data, host, fire) => {
  const w = el('div', 'week')
  w.style.setProperty('--days', data.days.length)
  if (data.days.length > 1) w.classList.add('seven')
  const corner = el('div', 'corner', data.zone)
  corner.dir = 'auto'
  w.append(corner)
  data.days.forEach(d => {
    const h = el('div', 'head' + (d.today ? ' today' : ''))
    h.append(el('span', 'dn', d.name), el('span', 'n', d.num))
    if (d.holiday) h.append(holiday(d))
    h.append(el('span', 'count', d.count || ''))
    h.setAttribute('aria-label', `${d.name} ${d.num}, ${d.count} posts`)
    w.append(data.days.length > 1 ? act(h, () => fire('more', d.date)) : h)
  })
  if (data.days.some(d => d.bars.length)) {
    w.append(el('div', 'gut'))
    data.days.forEach(d => { const b = el('div', 'band'); b.append(...bars(d, fire)); w.append(b) })
  }
  data.hours.forEach(row => {
    w.append(el('div', 'gut' + (row.low ? ' low' : ''), row.low ? '' : row.label))
    row.cells.forEach(d => {
      const c = cell(d, row, data, host, fire)
      if (row.low) c.classList.add('low')
      w.append(c)
    })
  })
  return w
}
const month = (data, host, fire) => {
  const cal = el('div', 'cal'), dow = el('div', 'dow'), days = el('div', 'days')
  data.weekdays.forEach(d => dow.append(el('div', '', d)))
  data.days.forEach(d => days.append(day(d, data, host, fire)))
  cal.append(dow, days)
  return cal
}
export default function ({ data, parentElement, setTriggerValue: fire }) {
  const host = root(parentElement, 'wrap')
  host.append(data.week ? week(data, host, fire) : month(data, host, fire))
}
