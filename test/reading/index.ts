// How often the login QR code is read, by two decoders, under which conditions; written into docs/reading.md.
import fs from 'node:fs'
import path from 'node:path'
import { seeded } from '../unit/support/seeded.ts'
import { clean, photograph, type Scene, type Screen } from './camera.ts'
import { decoders } from './decoders.ts'
import { conditions } from './matrix.ts'
import { renderScreens } from './rendered.ts'

const file = path.resolve(import.meta.dirname, '../../docs/reading.md')
const seed = 20_261_125
const cleanPictures = 100
const pictures = 25
const leastClean = 0.99

interface Rates {
  readonly zbar: number
  readonly zxing: number
}

/** Share of the pictures that each decoder read right. What is read wrong counts as a fault of the whole run. */
async function rates(screen: Screen, scene: Scene, count: number, truth: string): Promise<Rates> {
  const right = { zbar: 0, zxing: 0 }
  for (let each = 0; each < count; each++) {
    const picture = photograph(screen, scene, seeded(seed + each))
    for (const name of ['zbar', 'zxing'] as const) {
      const text = await decoders[name](picture)
      if (text !== null && text !== truth) throw new Error(`${name} read something that is not there`)
      if (text === truth) right[name] += 1
    }
  }
  return { zbar: right.zbar / count, zxing: right.zxing / count }
}

/** As it stands on the screen, read off the very pixels. */
async function truthOf({ width, height, light }: Screen): Promise<string> {
  const text = await decoders.zbar({ width, height, light })
  if (text === null) throw new Error('the code cannot be read off its own pixels')
  return text
}

const percent = (rate: number) => `${Math.round(rate * 100)} %`
const line = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`
const row = (name: string, { zbar, zxing }: Rates) => {
  console.log(`${name}: zbar ${percent(zbar)}, ZXing ${percent(zxing)}`)
  return line(name, percent(zbar), percent(zxing))
}

const rendered = await renderScreens()
const cleanRows: string[] = []
let worst = 1
for (const { name, screen } of rendered) {
  const found = await rates(screen, clean, cleanPictures, await truthOf(screen))
  worst = Math.min(worst, found.zbar, found.zxing)
  cleanRows.push(row(name, found))
}
const [first] = rendered
if (!first) throw new Error('no screen was rendered')
const truth = await truthOf(first.screen)
const rows: string[] = []
for (const { group, name, scene } of conditions)
  rows.push(row(`${group}: ${name}`, await rates(first.screen, scene, pictures, truth)))

const head = [line('', 'zbar', 'ZXing'), line('---', '---', '---')]
fs.writeFileSync(
  file,
  `# Reading the login QR code

What two decoders read of the lock screen: \`zbarimg\` as Debian has it, and ZXing (WebAssembly), which the phone page
and the station use. They share no code. \`npm run reading\` makes this page anew.

**No camera took these pictures.** They are computed from the lock screen as the station really paints it (Electron's own
pixels): perspective, blur, noise and the rest are a model, in \`test/reading/camera.ts\`, from the seed ${seed}. They show
how much the code can lose; they don't show how any phone does.

The model: a phone whose preview is 1280 pixels wide with a field of 65 degrees, 60 cm away where nothing else is said,
turned up to 10 degrees and aimed up to 1.5 cm off the middle. Pixels of blur are of that preview, where a module of the
code is about 5 wide.

## Clean, from 60 cm

${cleanPictures} pictures of each; ${percent(leastClean)} is what we ask for, of both decoders.

${[...head, ...cleanRows].join('\n')}

## One thing at a time

${pictures} pictures of each condition, of the first of these screens.

${[...head, ...rows].join('\n')}

Where a row is low, the typed way is beside the code: staff ID and a one-time code. "Brighter code" on the lock screen makes
the code as large as the screen has room for, and black on white.
`,
)
if (worst < leastClean) {
  console.error(`clean pictures are read too seldom: ${percent(worst)}`)
  process.exitCode = 1
}
