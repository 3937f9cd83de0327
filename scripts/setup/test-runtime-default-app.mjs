// Packs default-app.mjs into the test runtime, which comes without a default app.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { hashContents, readStamp, writeStamp } from './content-hash.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))

export async function installDefaultApp(resources) {
  const stamp = path.join(resources, 'default_app.stamp')
  const wanted = hashContents(here, ['default-app.mjs'])
  const archive = path.join(resources, 'default_app.asar')
  if (readStamp(stamp) === wanted && fs.existsSync(archive)) return
  const work = fs.mkdtempSync(path.join(resources, 'default-app-'))
  try {
    const app = path.join(work, 'app')
    fs.mkdirSync(app)
    fs.copyFileSync(path.join(here, 'default-app.mjs'), path.join(app, 'main.mjs'))
    const description = {
      name: 'electron',
      productName: 'Electron',
      main: 'main.mjs',
      type: 'module',
    }
    fs.writeFileSync(path.join(app, 'package.json'), JSON.stringify(description))
    const { createPackage } = (await import('@electron/asar')).default
    const packed = path.join(work, 'default_app.asar')
    await createPackage(app, packed)
    fs.renameSync(packed, archive)
    writeStamp(stamp, wanted)
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}
