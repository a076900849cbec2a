const dots = (line, fire) => {
  const e = el('div', 'dots')
  if (!line.last.length) { e.append(el('span', 'mut', 'Not yet')); return e }
  line.last.forEach(([mark, told, run]) => {
    const i = el('span', 'd ' + mark)
    i.title = told
    i.setAttribute('aria-label', told)
    if (run) {
      i.setAttribute('role', 'link')
      act(i, k => { k.stopPropagation(); fire('run', run) })
    } else i.setAttribute('role', 'img')
    e.append(i)
  })
  return e
}
const two = (first, second, cls) => {
  const e = el('div', 'two')
  e.append(el('span', 'a', first))
  if (second) { const s = el('span', cls || 'mut', second); s.title = second; e.append(s) }
  return e
}
const named = line => {
  const e = el('div', 'who'), box = el('span', 'sq')
  box.append(ic(line.symbol))
  e.append(box, two(line.name, line.kind + ' · ' + line.target))
  return e
}
const buttons = (line, fire) => {
  const e = el('span', 'bt')
  line.acts.forEach(a => e.append(press(a.symbol, a.word, () => fire('act', { act: a.id, id: line.id }), a.bare)))
  return e
}
export default function ({ data, parentElement, setTriggerValue: fire }) {
  const host = root(parentElement, 'schedules')
  const table = el('table'), head = el('thead'), body = el('tbody'), top = el('tr')
  const acts = data.lines.some(l => l.acts.length)
  for (const word of ['Schedule', 'When', 'Next run', 'Last ten', 'Owner', 'State']) top.append(el('th', '', word))
  if (acts) top.append(el('th', 'n', ''))
  head.append(top)
  for (const line of data.lines) {
    const r = el('tr')
    const td = (node, cls) => { const d = el('td', cls); d.append(node); r.append(d) }
    r.dataset.id = line.id
    act(r, () => fire('open', line.id))
    r.removeAttribute('role')                            // a table row stays a row for screen readers
    td(named(line), 'name')
    td(two(line.often, line.note, line.is_wrong ? 'bad' : ''), 'when')
    td(two(line.next || '—', line.next_there), 'next')
    td(dots(line, fire), 'marks')
    td(el('span', 'mut', line.owner || '—'), 'owner')
    td(chip(...line.state), 'state')
    if (acts) td(buttons(line, fire), 'n acts')
    body.append(r)
  }
  table.append(head, body)
  host.append(table)
}
