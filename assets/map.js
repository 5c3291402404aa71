// A place can be marked on a map: by click, by dragging, by keyboard. The map is fetched when somebody asks for it; without this script, or
// where it does not load, the same question is answered in words.

const UNITED_KINGDOM = [[49.8, -8.7], [60.9, 1.8]]
const FARTHEST = 5
const STEP = 8
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }

const { tiles, credit, closest, middle, zoom, code, style, words } = JSON.parse(document.querySelector('[data-map-settings]').dataset.mapSettings)
let leaflet = null

document.querySelectorAll('[data-map]').forEach(offer)

function offer (place, number) {
  const input = place.querySelector('input')
  const button = element('button', 'govuk-button govuk-button--secondary', words.show)
  const whole = element('div')
  Object.assign(button, { type: 'button' })
  Object.assign(whole, { id: `map-${number}`, hidden: true })
  button.setAttribute('aria-expanded', 'false')
  button.setAttribute('aria-controls', whole.id)
  place.append(button, whole)
  button.addEventListener('click', () => {
    whole.hidden = !whole.hidden
    button.textContent = whole.hidden ? words.show : words.hide
    button.setAttribute('aria-expanded', String(!whole.hidden))
    if (whole.hidden || whole.hasChildNodes()) return
    fetchLeaflet().then(() => (input ? ask(place, whole, input) : show(whole, read(place.dataset.map))), () => complain(whole))
  })
}

// The map with one mark that says where something is.
function show (whole, point) {
  const map = draw(whole, point)
  window.L.marker(point, { icon: pin(), keyboard: false, interactive: false }).addTo(map)
}

// The map on which a point may be marked; the input holds it.
function ask (place, whole, input) {
  const how = whole.appendChild(element('p', 'govuk-hint', words.how))
  how.id = `${whole.id}-how`
  const map = draw(whole, read(input.value))
  const picture = map.getContainer()
  const remove = whole.appendChild(element('button', 'govuk-button govuk-button--secondary', words.remove))
  const said = place.querySelector('[role="status"]')
  const bounds = window.L.latLngBounds(UNITED_KINGDOM)
  let mark = null

  picture.setAttribute('aria-describedby', how.id)
  remove.type = 'button'
  remove.addEventListener('click', () => {
    put(null)
    picture.focus()
  })
  map.on('click', (event) => put(event.latlng))
  picture.addEventListener('keydown', (event) => {
    if (event.target !== picture || event.key !== 'Enter') return
    event.preventDefault()
    put(map.getCenter())
    mark?.getElement().focus()
  })
  if (input.value) put(read(input.value))
  else remove.hidden = true

  function put (point) {
    if (point && !bounds.contains(point)) return refuse()
    input.value = point ? `${point.lat.toFixed(5)},${point.lng.toFixed(5)}` : ''
    said.textContent = point ? words.marked.replace('%(point)s', input.value.replace(',', ', ')) : words.removed
    remove.hidden = !point
    if (!point) {
      mark?.remove()
      mark = null
    } else if (mark) mark.setLatLng(point)
    else mark = makeMark(point)
  }

  // Where the mark was before stands, which is what would be sent.
  function refuse () {
    said.textContent = words.outside
    if (input.value) mark.setLatLng(read(input.value))
  }

  function makeMark (point) {
    const made = window.L.marker(point, { icon: pin(), draggable: true, autoPan: true }).addTo(map)
    made.getElement().setAttribute('aria-label', words.mark)
    made.on('dragend', () => put(made.getLatLng()))
    made.getElement().addEventListener('keydown', (event) => {
      const way = ARROWS[event.key]
      if (!way) return
      event.preventDefault()
      const step = event.shiftKey ? 5 * STEP : STEP
      put(map.unproject(map.project(made.getLatLng()).add(way.map((each) => each * step))))
      map.panInside(made.getLatLng(), { padding: [40, 40], animate: false })
    })
    return made
  }
}

function draw (whole, point) {
  const { L } = window
  const picture = whole.appendChild(element('div', 'cw-map__picture'))
  picture.setAttribute('role', 'application')
  picture.setAttribute('aria-label', words.map)
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  const map = L.map(picture, { minZoom: FARTHEST, attributionControl: false, zoomControl: false, zoomAnimation: !isCalm, fadeAnimation: !isCalm, inertia: !isCalm })
  map.setMaxBounds(L.latLngBounds(UNITED_KINGDOM).pad(0.2))
  map.setView(point ?? middle, point ? Math.max(zoom, closest - 2) : zoom)
  const layer = L.tileLayer(tiles, { maxZoom: closest, referrerPolicy: 'no-referrer' })
  layer.once('tileerror', () => complain(whole))
  layer.addTo(map)
  L.control.zoom({ zoomInTitle: words.closer, zoomOutTitle: words.farther }).addTo(map)
  const source = element('span', '', credit)
  L.control.attribution({ prefix: false }).addAttribution(source.innerHTML).addTo(map)
  return map
}

function pin () {
  return window.L.divIcon({ className: 'cw-map__mark', iconSize: [36, 44], iconAnchor: [18, 40] })
}

function read (text) {
  const [latitude, longitude] = text.split(',').map(Number)
  return text ? window.L.latLng(latitude, longitude) : null
}

function complain (whole) {
  const wrong = element('p', 'govuk-error-message', words.failed)
  wrong.setAttribute('role', 'alert')
  whole.prepend(wrong)
}

function fetchLeaflet () {
  leaflet ??= Promise.all([loaded(element('link'), { rel: 'stylesheet', href: style }), loaded(element('script'), { src: code })])
  return leaflet
}

function loaded (tag, what) {
  return new Promise((resolve, reject) => {
    tag.addEventListener('load', resolve)
    tag.addEventListener('error', reject)
    document.head.append(Object.assign(tag, what))
  })
}

function element (name, classes = '', text = '') {
  return Object.assign(document.createElement(name), { className: classes, textContent: text })
}
