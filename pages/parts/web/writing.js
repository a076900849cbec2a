const PAUSE = 500                                          // milliseconds without a key before it is told
const number = n => n.toLocaleString('en-GB')
const points = text => [...text].length
const MEASURES = {
  characters: points, utf16: text => text.length, bytes: text => new TextEncoder().encode(text).length,
}
// The server knows the length of what is stored by every platform's own rule. While somebody types, a rule that only
// the server knows is estimated from it.
const lengthOf = (host, limit) => {
  const text = host.area.value.trim(), stored = host.stored.trim()
  if (text === stored) return { length: limit.length, about: false }
  const measure = MEASURES[limit.unit]
  const sent = (limit.swaps || []).reduce((all, [written, given]) => all.replaceAll(written, given), text)
  if (measure) return { length: text ? measure(sent) + limit.tail : limit.bare, about: false }
  return { length: Math.max(0, limit.length + points(text) - points(stored)), about: true }
}
const counts = host => {
  host.counts.replaceChildren(...host.limits.map(l => {
    const { length, about } = lengthOf(host, l)
    const n = el('span', 'n' + (length > l.most ? ' over' : ''))
    const words = `${about ? '≈ ' : ''}${number(length)} / ${number(l.most)}${l.unit === 'bytes' ? ' bytes' : ''}`
    n.append(mark(l.channel), document.createTextNode(words))
    if (l.note) n.append(el('span', 'note', l.note))
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
  host.stored = data.text
  host.area.readOnly = data.locked
  host.area.placeholder = data.placeholder
  if (host.stamp !== data.stamp) {                         // the server knows something newer than this browser
    host.stamp = data.stamp
    host.told = host.area.value = data.text
  }
  counts(host)
}
