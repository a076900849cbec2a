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
  b.append(mark(d.channel, d.practice), el('time', '', d.time), title, ic(d.symbol, d.tone))
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
const drop = (cell, d, host, fire) => {
  cell.ondragover = e => {
    if (!host.dragged) return                            // files and text from elsewhere are none of ours
    if (d.past) { cell.classList.add('no'); return }
    e.preventDefault()
    cell.classList.add('over')
  }
  cell.ondragleave = e => { if (!cell.contains(e.relatedTarget)) cell.classList.remove('over', 'no') }
  cell.ondrop = e => {
    e.preventDefault()
    cell.classList.remove('over', 'no')
    const id = host.dragged
    if (!id || cell.querySelector(`[data-id="${CSS.escape(id)}"]`)) return
    fire('moved', { id, date: d.date })
  }
}
const day = (d, data, host, fire) => {
  const c = el('div', 'day' + (d.out ? ' out' : '') + (d.today ? ' today' : '') + (d.past ? ' past' : ''))
  c.dataset.date = d.date
  const top = el('div', 'top')
  top.append(el('span', 'n', d.num))
  if (data.may_add && !d.past) {
    const a = el('span', 'add')
    a.append(ic('add'))
    a.setAttribute('aria-label', 'New post on ' + d.date)
    top.append(act(a, () => fire('day', d.date)))
  }
  c.append(top)
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
export default function ({ data, parentElement, setTriggerValue: fire }) {
  const host = root(parentElement, 'wrap'), cal = el('div', 'cal'), dow = el('div', 'dow'), days = el('div', 'days')
  data.weekdays.forEach(d => dow.append(el('div', '', d)))
  data.days.forEach(d => days.append(day(d, data, host, fire)))
  cal.append(dow, days)
  host.append(cal)
}
