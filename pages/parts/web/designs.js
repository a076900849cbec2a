const DRAWN = /^data:image\/(?:jpeg|webp);base64,[A-Za-z0-9+/=]+$/
export default function ({ data, parentElement, setTriggerValue: fire }) {
  const host = root(parentElement, 'designs')
  host.setAttribute('role', 'radiogroup')
  host.setAttribute('aria-label', data.label)
  host.classList.toggle('locked', data.locked)
  for (const d of data.designs) {
    const on = d.id === data.active, e = el('div', on ? 'd on' : 'd'), p = el('span', 'p')
    e.dataset.id = d.id
    e.title = d.note
    e.setAttribute('role', 'radio')
    e.setAttribute('aria-checked', on)
    e.setAttribute('aria-label', d.label)
    if (DRAWN.test(d.src)) p.append(Object.assign(el('img'), { src: d.src, alt: '', draggable: false }))
    e.append(p, el('span', 'w', d.label))
    if (!data.locked) act(e, () => fire('open', d.id))
    host.append(e)
  }
}
