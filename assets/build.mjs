// Builds what a browser needs into assets/dist: one stylesheet, the components' script, our own, an icon.
// No fonts and no images of the component package are copied: the crown and the typeface are not ours to use.

import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const dist = join(here, 'dist')
const components = dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json'))
const packages = dirname(components)

const { css } = sass.compile(join(here, 'commonweal.scss'), {
  loadPaths: [packages],
  style: 'compressed',
  quietDeps: true
})

for (const unwanted of ['GDS Transport', 'crest', '@font-face', 'url(']) {
  if (css.includes(unwanted)) throw new Error(`the stylesheet must not mention ${unwanted}`)
}

await rm(dist, { recursive: true, force: true })
await mkdir(dist, { recursive: true })
await writeFile(join(dist, 'commonweal.css'), css)
await cp(join(components, 'dist/govuk/govuk-frontend.min.js'), join(dist, 'govuk-frontend.min.js'))
await cp(join(here, 'commonweal.js'), join(dist, 'commonweal.js'))
await cp(join(here, 'uploading.js'), join(dist, 'uploading.js'))
await cp(join(here, 'icon.svg'), join(dist, 'icon.svg'))
