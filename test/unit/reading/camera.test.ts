// The model of a camera: a clean picture is read by both decoders, too much of anything is not, and a seed brings a picture back.
import qrcode from 'qrcode'
import { expect, it } from 'vitest'
import { clean, photograph, type Scene, type Screen } from '../../reading/camera.ts'
import { decoders } from '../../reading/decoders.ts'
import { conditions } from '../../reading/matrix.ts'
import { seeded } from '../support/seeded.ts'

const text = 'HTTPS://PHONE.EXAMPLE.ORG/A234567'

/** A code of 11 cm on a desk's display. */
function screenOf(): Screen {
  const { modules } = qrcode.create([{ data: text, mode: 'alphanumeric' }], { errorCorrectionLevel: 'Q' })
  const [width, height, scale] = [800, 800, 12]
  const light = new Uint8Array(width * height).fill(30)
  const side = modules.size * scale
  const first = (width - side) / 2
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [row, column] = [Math.floor((y - first) / scale), Math.floor((x - first) / scale)]
      const near = Math.min(row, column) >= -4 && Math.max(row, column) < modules.size + 4
      const inside = Math.min(row, column) >= 0 && Math.max(row, column) < modules.size
      if (near) light[y * width + x] = inside && modules.get(row, column) ? 0 : 255
    }
  return { width, height, light, centre: { x: width / 2, y: height / 2 }, side, pixelsPerCm: 36 }
}
const screen = screenOf()
const take = (scene: Partial<Scene>, seed = 1) => photograph(screen, { ...clean, ...scene }, seeded(seed))

it.each([1, 2, 3])('a clean picture is read by both decoders (seed %i)', async (seed) => {
  expect(await decoders.zbar(take({}, seed))).toBe(text)
  expect(await decoders.zxing(take({}, seed))).toBe(text)
})

it('a tilt of 45 degrees is still read by ZXing', async () => {
  expect(await decoders.zxing(take({ tiltDegrees: 45 }))).toBe(text)
})

it.each([
  ['blur', { blur: 8 }],
  ['a moving hand', { smear: 40 }],
  ['dirt', { dirt: 3 }],
  ['distance', { distanceCm: 600 }],
])('too much %s leaves nothing to read', async (_what, scene) => {
  expect(await decoders.zbar(take(scene))).toBeNull()
  expect(await decoders.zxing(take(scene))).toBeNull()
})

it('a seed brings the very picture back, and another one another', () => {
  const scene = { dirt: 0.05, glare: 0.1, exposure: 0.1 }
  expect(take(scene, 7).light).toEqual(take(scene, 7).light)
  expect(take(scene, 7).light).not.toEqual(take(scene, 8).light)
})

it('the matrix has each condition by itself, up to 45 degrees', () => {
  const groups = new Set(conditions.map(({ group }) => group))
  expect([...groups]).toEqual(['tilt', 'blur', 'moving hand', 'glare', 'dirt', 'low light', 'size', 'a bad night'])
  expect(Math.max(...conditions.map(({ scene }) => scene.tiltDegrees))).toBe(45)
})
