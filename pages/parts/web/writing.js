const PAUSE = 500                                          // milliseconds without a key before it is told
const number = n => n.toLocaleString('en-GB')
const counts = host => {
  const length = [...host.area.value.trim()].length, extra = host.extra ? host.extra + (length ? 2 : 0) : 0
  host.counts.replaceChildren(...host.limits.map(l => {
    const n = el('span', 'n' + (length + extra > l.most ? ' over' : ''))
    n.append(mark(l.channel), document.createTextNode(`${number(length + extra)} / ${number(l.most)}`))
    return n
  }))
}
const build = (parent, data) => {
  const host = root(parent, 'writing'), label = el('label', '', data.label)
  host.area = el('textarea')
  host.area.id = label.htmlFor = 'text'
  host.area.dir = 'auto'
  host.counts = el('div', 'counts')
  host.append(label, host.area, host.counts)
  if (data.hint) host.append(el('div', 'hint', data.hint))
  const say = () => {
    clearTimeout(host.timer)
    if (host.area.value !== host.told) { host.told = host.area.value; host.tell('text', host.told) }
  }
  host.area.addEventListener('input', () => {
    counts(host)
    clearTimeout(host.timer)
    host.timer = setTimeout(say, PAUSE)
  })
  host.area.addEventListener('blur', say)
  host.area.addEventListener('keydown', e => {
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) say()
  })
  return host
}
export default function ({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector('.writing') || build(parentElement, data)
  host.tell = setStateValue
  host.limits = data.limits
  host.extra = data.extra
  host.area.readOnly = data.locked
  host.area.placeholder = data.placeholder
  if (host.stamp !== data.stamp) {                         // the server knows something newer than this browser
    host.stamp = data.stamp
    host.told = host.area.value = data.text
  }
  counts(host)
}
