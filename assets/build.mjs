// Builds what a browser needs into assets/dist: one stylesheet, the components' script, our own, an icon, and what draws a map.
// No fonts and no images of the component package are copied: the crown and the typeface are not ours to use.

import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const dist = join(here, 'dist')
const components = dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json'))
const packages = dirname(components)

const how = { loadPaths: [packages], style: 'compressed', quietDeps: true }
const { css } = sass.compile(join(here, 'commonweal.scss'), how)

// Leaflet (BSD-2-Clause) draws maps. Its pictures are not copied: what would show them goes, and the mark is drawn by our own rules.
const leaflet = join(packages, 'leaflet/dist')
const drawn = (await readFile(join(leaflet, 'leaflet.css'), 'utf8')).replace(/[^{}]+\{[^{}]*url\([^{}]*\}/g, '')
const map = sass.compileString(drawn, how).css
if (map.includes('url(')) throw new Error('the stylesheet of the map must fetch no picture')

for (const unwanted of ['GDS Transport', 'crest', '@font-face', 'url(']) {
  if (css.includes(unwanted)) throw new Error(`the stylesheet must not mention ${unwanted}`)
}

await rm(dist, { recursive: true, force: true })
await mkdir(dist, { recursive: true })
await writeFile(join(dist, 'commonweal.css'), css)
await cp(join(components, 'dist/govuk/govuk-frontend.min.js'), join(dist, 'govuk-frontend.min.js'))
await cp(join(here, 'commonweal.js'), join(dist, 'commonweal.js'))
await cp(join(here, 'uploading.js'), join(dist, 'uploading.js'))
await cp(join(here, 'map.js'), join(dist, 'map.js'))
await writeFile(join(dist, 'map.css'), map)
await writeFile(join(dist, 'leaflet.js'), (await readFile(join(leaflet, 'leaflet.js'), 'utf8')).replace(/^\/\/# sourceMappingURL=.*$/m, ''))
await cp(join(here, 'icon.svg'), join(dist, 'icon.svg'))
