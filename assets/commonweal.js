// What helps when JavaScript runs; every page works without it.

// Choosing a row with the keyboard: j and k move between the links of a listing that asks for it.
const listing = document.querySelector('[data-keyboard-rows]')

function moveBy (step) {
  const links = [...listing.querySelectorAll('tbody th a, tbody td:first-child a')]
  const here = links.indexOf(document.activeElement)
  const next = here === -1 ? (step > 0 ? 0 : links.length - 1) : here + step
  links[next]?.focus()
}

function isTyping (target) {
  return target.closest('input, textarea, select, [contenteditable]') !== null
}

if (listing) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    if (event.key === 'j') moveBy(1)
    if (event.key === 'k') moveBy(-1)
  })
}

// One search box from anywhere: "/" goes to it.
const search = document.querySelector('[data-search-box]')

if (search) {
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || isTyping(event.target)) return
    event.preventDefault()
    search.focus()
  })
}
