// Two decoders that share no code: zbar, as Debian has it, and ZXing, as the phone page and the station's window use it.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { zbarArgs } from '../support/zbar.ts'
import type { Picture } from './camera.ts'

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
await prepareZXingModule({
  overrides: { wasmBinary: fs.readFileSync(wasm).buffer as ArrayBuffer },
  fireImmediately: true,
})

export type Decoder = (picture: Picture) => Promise<string | null>

const zbar: Decoder = async ({ width, height, light }) => {
  const input = Buffer.concat([Buffer.from(`P5 ${width} ${height} 255\n`), light])
  try {
    const said = execFileSync('zbarimg', [...zbarArgs, '-'], {
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    return said.trim().split('\n')[0] ?? null
  } catch (error) {
    // 4: looked, and found none.
    if (error instanceof Error && 'status' in error && error.status === 4) return null
    throw error
  }
}

const zxing: Decoder = async ({ width, height, light }) => {
  const data = new Uint8ClampedArray(4 * light.length).fill(255)
  for (let i = 0; i < light.length; i++) data.fill(light[i] ?? 0, 4 * i, 4 * i + 3)
  const [found] = await readBarcodes(
    { width, height, data, colorSpace: 'srgb' },
    { formats: ['QRCode'], maxNumberOfSymbols: 1 },
  )
  return found?.text ?? null
}

export const decoders = { zbar, zxing } as const
