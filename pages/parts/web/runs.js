const COLUMNS = [['last', 'Last runs', 'marks'], ['planned', 'Planned', 'n'], ['ran', 'Last run', 'n'],
  ['finished', 'Finished', 'n'], ['took', 'Took', 'n'], ['lateness', 'Lateness', 'n'], ['attempts', 'Try', 'n'],
  ['progress', 'Progress', 'n'], ['cost', 'Cost', 'n'], ['by', 'Started by', 'n'], ['next', 'Next run', 'n']]
const marks = last => {
  const e = el('div', 'dots')
  e.setAttribute('role', 'img')
  e.setAttribute('aria-label', 'Last runs: ' + last.map(x => x[0]).join(', '))
  last.forEach(([outcome, when]) => {
    const i = el('span', 'd ' + outcome)
    i.title = outcome + ' · ' + when
    e.append(i)
  })
  return e
}
const cell = (job, name, dense) => {
  if (name === 'last') return marks(job.last)
  const quiet = (name === 'lateness' && !job.is_late) || ['ran', 'planned', 'finished', 'by'].includes(name)
  return el('span', name === 'lateness' && job.is_late ? 'late' : quiet ? 'mut' : '', job[name] || (dense ? '' : '—'))
}
const buttons = (job, fire) => {
  const e = el('span', 'bt')
  job.acts.forEach(a => e.append(press(a.symbol, a.word, () => fire('act', { act: a.id, id: job.id }), a.bare)))
  return e
}
export default function ({ data, parentElement, setTriggerValue: fire }) {
  const host = root(parentElement, 'runs'), table = el('table'), head = el('thead'), body = el('tbody'), top = el('tr')
  host.classList.toggle('dense', data.dense)
  if (data.selectable) ticks(host, data)
  const columns = COLUMNS.filter(([name]) => data.columns[name]), acts = data.jobs.some(j => j.acts.length)
  if (data.selectable) top.append(el('th', 'pick', ''))
  top.append(el('th', '', 'Job'), el('th', '', 'State'))
  columns.forEach(([name, title, cls]) => top.append(el('th', cls, data.titles[name] || title)))
  if (acts) top.append(el('th', 'n', ''))
  head.append(top)
  for (const job of data.jobs) {
    const r = el('tr')
    const td = (node, cls) => { const d = el('td', cls); d.append(node); r.append(d) }
    r.dataset.id = job.id
    act(r, () => fire('open', job.id))
    r.removeAttribute('role')                            // a table row stays a row for screen readers
    const name = el('div', 'nm'), note = el('span', 'mut cut', job.note)
    note.title = job.note
    name.append(el('span', '', job.name), note)
    if (data.selectable) td(box_of(host, job.id, job.name, fire), 'pick')
    td(name, 'name')
    td(chip(...job.state), 'state')
    columns.forEach(([key, , cls]) => td(cell(job, key, data.dense), cls + ' ' + key))
    if (acts) td(buttons(job, fire), 'n acts')
    body.append(r)
  }
  table.append(head, body)
  host.append(table)
  paged(host, data.page)
}
