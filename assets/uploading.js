// Files travel in stretches as soon as they are chosen: with progress, over a lost connection, and until cancelled.
// Without this script the same form sends them whole.

const STRETCH = 512 * 1024
const LONGEST_WAIT = 15000
const UNKNOWN = 404

for (const place of document.querySelectorAll('[data-upload]')) new Uploads(place)

function Uploads (place) {
  const form = place.closest('form')
  const input = place.querySelector('input[type="file"]')
  const travelling = place.querySelector('[data-upload-travelling]')
  const given = place.querySelector('[data-upload-given]')
  const said = place.querySelector('[data-upload-said]')
  const wrong = place.querySelector('[data-upload-wrong]')
  const words = JSON.parse(place.dataset.words)
  const here = new URL(form.action || window.location.href)
  const files = new URL(place.dataset.uploadAddress || '../files/', here)
  const page = here.pathname.split('/').filter(Boolean).at(-1)
  const question = place.dataset.upload
  const token = form.querySelector('input[name="csrfmiddlewaretoken"]').value
  const waiting = []
  let now = null

  place.querySelector('[data-upload-add]').hidden = true
  input.addEventListener('change', () => {
    wrong.hidden = true
    for (const file of input.files) queue(file)
    input.value = ''
  })
  form.addEventListener('submit', (event) => {
    if (!now || event.submitter?.name === 'files-remove') return
    event.preventDefault()
    event.stopImmediatePropagation()
    complain(words.wait)
  }, true)

  function queue (file) {
    const most = Number(place.dataset.mostBytes)
    if (file.size > most) return complain(tell(words.large, file, { most: Math.floor(most / 1e6) }))
    const upload = { file, row: show(file), abort: new AbortController() }
    upload.row.button.addEventListener('click', () => cancel(upload))
    waiting.push(upload)
    if (!now) next()
  }

  async function next () {
    now = waiting.shift() ?? null
    if (!now) return
    const upload = now
    try {
      await send(upload)
    } catch (error) {
      if (!upload.abort.signal.aborted) complain(error.sentence ?? tell(words.failed, upload.file))
    }
    upload.row.item.remove()
    travelling.hidden = !travelling.children.length
    next()
  }

  async function send (upload) {
    const { file } = upload
    const kept = `upload-${question}-${file.size}-${file.lastModified}`
    let at = await standing(upload, window.sessionStorage.getItem(kept))
    if (at === null) {
      const begun = await again(upload, () => ask(upload, files, 'POST', fields({ name: file.name, size: file.size })))
      upload.id = (await begun.json()).upload
      at = 0
      window.sessionStorage.setItem(kept, upload.id)
    }
    const address = new URL(`${upload.id}/`, files)
    try {
      while (at < file.size) {
        at = await again(upload, () => stretch(upload, address, at))
        report(upload, at / file.size)
      }
      upload.row.said.textContent = tell(words.checking, file)
      const done = await again(upload, () => ask(upload, new URL('done/', address), 'POST', fields({})))
      given.innerHTML = await done.text()
      say(tell(words.done, file))
    } finally {
      if (!upload.isBrokenOff) window.sessionStorage.removeItem(kept)
    }
  }

  // Where an upload that was broken off earlier stands; null when there is none.
  async function standing (upload, id) {
    if (!id) return null
    try {
      const answer = await again(upload, () => ask(upload, new URL(`${id}/`, files), 'HEAD'))
      upload.id = id
      return Number(answer.headers.get('Upload-Offset'))
    } catch (error) {
      if (error.status) return null
      throw error
    }
  }

  async function stretch (upload, address, at) {
    const part = upload.file.slice(at, at + STRETCH)
    const headers = { 'Upload-Offset': String(at), 'Content-Type': 'application/octet-stream' }
    const answer = await fetch(address, { method: 'PATCH', body: part, headers: { ...headers, 'X-CSRFToken': token }, signal: upload.abort.signal })
    if (answer.status === 409) return Number(answer.headers.get('Upload-Offset'))
    return Number((await checked(answer)).headers.get('Upload-Offset'))
  }

  async function ask (upload, address, method, body) {
    const headers = { 'X-CSRFToken': token }
    return checked(await fetch(address, { method, body, headers, signal: upload.abort.signal }))
  }

  // Ask until there is an answer: a lost connection, or a server that is being restarted, is waited for.
  async function again (upload, act) {
    for (let wait = 500; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        return await act()
      } catch (error) {
        if (upload.abort.signal.aborted || (error.status && error.status < 500) || error.sentence) throw error
        report(upload, null)
        await Promise.race([sleep(wait), online()])
      }
    }
  }

  async function cancel (upload) {
    upload.abort.abort()
    const place = waiting.indexOf(upload)
    if (place >= 0) {
      waiting.splice(place, 1)
      upload.row.item.remove()
    }
    say(tell(words.cancelled, upload.file))
    input.focus()
    if (upload.id) await fetch(new URL(`${upload.id}/`, files), { method: 'DELETE', headers: { 'X-CSRFToken': token } }).catch(() => {})
  }

  function show (file) {
    const item = element('li', 'cw-files__file')
    const words_ = element('span', 'cw-files__name')
    const progress = element('progress', 'cw-files__progress')
    const button = element('button', 'govuk-button govuk-button--secondary cw-files__remove')
    words_.textContent = tell(words.uploading, file, { percent: 0 })
    progress.max = 1
    progress.value = 0
    progress.setAttribute('aria-label', tell(words.progress, file))
    button.type = 'button'
    button.textContent = words.cancel
    button.setAttribute('aria-label', tell(words.cancel_name, file))
    item.append(words_, progress, button)
    travelling.append(item)
    travelling.hidden = false
    say(words_.textContent)
    return { item, said: words_, progress, button }
  }

  function report (upload, share) {
    const text = share === null ? tell(words.paused, upload.file) : tell(words.uploading, upload.file, { percent: Math.floor(share * 100) })
    if (share !== null) upload.row.progress.value = share
    else if (upload.row.said.textContent !== text) say(text)
    upload.row.said.textContent = text
  }

  function fields (more) {
    return new URLSearchParams({ page, question, ...more })
  }

  function complain (sentence) {
    wrong.textContent = sentence
    wrong.hidden = false
  }

  function say (sentence) {
    said.textContent = sentence
  }
}

async function checked (answer) {
  if (answer.ok) return answer
  const error = new Error(`answered ${answer.status}`)
  error.status = answer.status
  const told = answer.headers.get('Content-Type')?.startsWith('application/json') ? await answer.json() : {}
  if (told.message && answer.status !== UNKNOWN && answer.status !== 503) error.sentence = told.message
  throw error
}

function tell (sentence, file, more = {}) {
  const values = { name: file.name, ...more }
  return sentence.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? '')
}

function element (name, classes) {
  const made = document.createElement(name)
  made.className = classes
  return made
}

function sleep (milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function online () {
  return new Promise((resolve) => window.addEventListener('online', resolve, { once: true }))
}
