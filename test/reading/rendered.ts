// The lock screen as the station really paints it, in the sizes and looks that the matrix is about.
import { setTimeout as delay } from 'node:timers/promises'
import { plainColours } from '../../src/core/brand.ts'
import { changeBrand } from '../../src/station/brand.ts'
import { changeStation, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'
import type { Screen } from './camera.ts'

export interface Rendered {
  readonly name: string
  readonly screen: Screen
}
/** Width of the display's picture, cm. */
const desktop = { width: 1920, height: 1080, cm: 53.1, name: '24-inch display, 1920 × 1080' }
const small = { width: 1024, height: 600, cm: 22.1, name: '10-inch display, 1024 × 600' }
const colours = { ...plainColours, code: '#003049', frame: '#003049', frameInk: '#ffffff' }

export async function renderScreens(): Promise<Rendered[]> {
  const prepared = await prepareStation()
  const launch = () => launchStation({ ...prepared, env: { WARDKEY_PHONE_URL: 'phone.example.org' } })
  const rendered: Rendered[] = []
  const take = async (station: StationApp, size: typeof desktop, look: string) =>
    rendered.push({ name: `${size.name}${look}`, screen: await painted(station, size) })

  const plain = await launch()
  await take(plain, desktop, '')
  await take(plain, small, '')
  await plain.page.getByRole('button', { name: 'Brighter code' }).click()
  await take(plain, small, ', brighter')
  await plain.close()
  await changeStation(prepared.folder, ({ ledger }) =>
    ledger.record((recorder) => {
      const [person] = recorder.find('person', '1 LIMIT 1')
      changeBrand(recorder, person?.id ?? '', { name: 'St. Ida Hospital', colours }, null)
    }),
  )
  const branded = await launch()
  await take(branded, desktop, ', dark blue on white in a brand')
  await branded.close()
  return rendered
}

async function painted({ app, page }: StationApp, { width, height, cm }: typeof desktop): Promise<Screen> {
  // By DevTools: a window as large as its display is made smaller by the display.
  await page.setViewportSize({ width, height })
  // Two frames and the fonts, and whatever moves.
  await delay(600)
  const box = await page.getByRole('img', { name: 'Login QR code' }).boundingBox()
  const modules = await page.getByRole('img', { name: 'Login QR code' }).getAttribute('viewBox')
  if (!box || !modules) throw new Error('there is no code on the screen')
  const shot = (await page.screenshot()).toString('base64')
  const bitmap = await app.evaluate(({ nativeImage }, png) => {
    const image = nativeImage.createFromBuffer(Buffer.from(png, 'base64'))
    return { ...image.getSize(), pixels: image.toBitmap().toString('base64') }
  }, shot)
  if (bitmap.width !== width || bitmap.height !== height) throw new Error('the picture has another size')
  const pixels = Buffer.from(bitmap.pixels, 'base64')
  const light = new Uint8Array(width * height)
  // Blue, green, red, alpha; weighed as BT.601 does, which cameras give.
  for (let i = 0; i < light.length; i++)
    light[i] = 0.114 * (pixels[4 * i] ?? 0) + 0.587 * (pixels[4 * i + 1] ?? 0) + 0.299 * (pixels[4 * i + 2] ?? 0)
  const whole = Number(modules.split(' ')[2])
  return {
    ...{ width, height, light, pixelsPerCm: width / cm },
    centre: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
    side: (box.width * (whole - 8)) / whole,
  }
}
