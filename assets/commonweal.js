// What helps when JavaScript runs; every page works without it.

// In a listing that asks for it, j and k move between its rows and o opens one, as Enter does. Only while the listing has the focus: a single key
// that works from anywhere is pressed by speech and by chance (WCAG 2.2, 2.1.4).
for (const listing of document.querySelectorAll('[data-keyboard-rows]')) {
  listing.addEventListener('keydown', (event) => {
    const step = { j: 1, k: -1, o: 0 }[event.key]
    const isTyping = event.target.matches('textarea, select, input:not([type="checkbox"])')
    if (step === undefined || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
    const links = [...listing.querySelectorAll('tbody [role="rowheader"] a')]
    const row = event.target.closest('tr')
    const here = links.findIndex((link) => row?.contains(link))
    if (step) links[here + step]?.focus()
    else links[here]?.click()
  })
}

// One search box from anywhere: Ctrl and "/" go to it.
const search = document.querySelector('[data-search-box]')

if (search) {
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    search.focus()
  })
}

// What can be undone says for how long still, and goes when that is over; without this it is refused in words.
for (const form of document.querySelectorAll('[data-undo-seconds]')) {
  const until = Date.now() + Number(form.dataset.undoSeconds) * 1000
  const shown = form.querySelector('[aria-hidden]')
  const timer = setInterval(() => {
    const left = Math.ceil((until - Date.now()) / 1000)
    if (left > 0) shown.textContent = `(${left})`
    else {
      clearInterval(timer)
      form.remove()
    }
  }, 250)
}

// Colleagues are told that somebody is writing: a sign at the first key, and at most one in two minutes.
for (const form of document.querySelectorAll('[data-writing]')) {
  let told = 0
  form.addEventListener('input', (event) => {
    if (!event.target.matches('textarea') || Date.now() - told < 120_000) return
    told = Date.now()
    const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value })
    fetch(form.dataset.writing, { method: 'POST', body }).catch(() => {})
  })
}

// One key decides an item and brings the next: each button names its key, which counts while the focus is on the item.
const keyed = document.querySelector('[data-keys]')

if (keyed) {
  keyed.addEventListener('keydown', (event) => {
    const isTyping = event.target.matches('textarea, select, input:not([type="checkbox"]):not([type="radio"])')
    if (isTyping || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    keyed.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click()
  })
  if (!keyed.querySelector('.govuk-error-summary')) keyed.focus({ preventScroll: true })
}
