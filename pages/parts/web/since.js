const STEPS = [[86400, 'd'], [3600, 'h'], [60, 'min']]
const span = seconds => {
  for (const [size, unit] of STEPS) if (seconds >= size) return `${Math.floor(seconds / size)} ${unit}`
  return `${Math.floor(seconds)} s`
}
export default function ({ data, parentElement }) {
  const host = root(parentElement, 'since'), text = el('span'), from = performance.now()
  host.classList.toggle('bad', !!data.refused)
  host.setAttribute('role', 'status')
  const symbol = data.refused ? 'error' : data.age == null ? 'edit_note' : 'cloud_done'
  host.append(ic(symbol, data.refused ? 'orange' : ''), text)
  const draw = () => {
    const age = (data.age ?? 0) + (performance.now() - from) / 1000
    text.textContent = data.refused || (data.age == null ? data.none : `${data.word} ${span(age)} ago`)
  }
  draw()
  const timer = setInterval(draw, 1000)
  return () => clearInterval(timer)
}
