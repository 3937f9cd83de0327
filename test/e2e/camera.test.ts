// The camera in the running window: its pictures only while a scan is wanted, its sound never, and the decoder in its own corner.
import fs from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { permissions } from '../support/attempts.ts'
import { call } from '../support/bridge.ts'
import { FakeCamera } from '../support/fake-camera.ts'
import { ada, unlock } from '../support/flows.ts'
import { attempt } from '../support/forbidden.ts'
import { Phone } from '../support/phone.ts'
import { type Prepared, prepareStation } from '../support/prepared-station.ts'
import { launchStation, type StationApp } from '../support/station-app.ts'

test.describe.configure({ mode: 'serial' })

const camera = new FakeCamera()
let prepared: Prepared
let station: StationApp
let page: Page

test.beforeAll(async () => {
  prepared = await prepareStation()
  const env = { WARDKEY_PHONE_URL: 'phone.example.org' }
  station = await launchStation({ ...prepared, env, args: camera.switches })
  page = station.page
})
test.afterAll(async () => {
  await station.close()
  fs.rmSync(prepared.folder, { recursive: true, force: true })
  camera.remove()
})

const looks = (wanted: string) =>
  attempt(
    page,
    `navigator.mediaDevices.getUserMedia(${wanted}).then((stream) => {
      const kinds = stream.getTracks().map((track) => (track.stop(), track.kind))
      return kinds.join()
    })`,
  )
const refused = { outcome: 'refused', what: 'NotAllowedError' }

test('while no scan is wanted there is neither picture nor sound', async () => {
  expect(await looks('{ video: true }')).toMatchObject(refused)
  expect(await looks('{ audio: true }')).toMatchObject(refused)
})

test('while one is wanted there are pictures, and nothing else', async () => {
  expect(await call(page, 'openCamera', { use: 'phone' })).toEqual({ ok: true })
  expect(await looks('{ video: true }')).toMatchObject({ outcome: 'given', what: '"video"' })
  expect(await looks('{ audio: true }')).toMatchObject(refused)
  expect(await looks('{ video: true, audio: true }')).toMatchObject(refused)
  for (const [name, expression] of Object.entries(permissions))
    if (name !== 'camera')
      expect(await attempt(page, expression), name).not.toMatchObject({ outcome: 'given', what: 'true' })
})

test('a page within ours has none of it', async () => {
  expect(
    await attempt(
      page,
      `new Promise((tell) => {
        const frame = document.body.appendChild(document.createElement('iframe'))
        const inner = frame.contentWindow?.navigator.mediaDevices
        if (!inner) return tell(false)
        inner.getUserMedia({ video: true }).then(() => tell(true), () => tell(false))
      })`,
    ),
  ).toMatchObject({ outcome: 'refused' })
})

test('closed again, it gives nothing', async () => {
  expect(await call(page, 'closeCamera', {})).toEqual({ ok: true })
  expect(await looks('{ video: true }')).toMatchObject(refused)
})

test('signing in closes it, and a session without a phone to bind opens none', async () => {
  expect(await call(page, 'openCamera', { use: 'phone' })).toEqual({ ok: true })
  await unlock(page, ada, new Phone(prepared.setupKey))
  expect(await looks('{ video: true }')).toMatchObject(refused)
  expect(await call(page, 'openCamera', { use: 'phone' })).toEqual({ ok: false, reason: 'not-now' })
  expect(await looks('{ video: true }')).toMatchObject(refused)
})

test('the window itself compiles no WebAssembly, fetches nothing, and starts no worker from elsewhere', async () => {
  const empty = 'new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])'
  expect(await attempt(page, `WebAssembly.compile(${empty}).then(() => true)`)).toMatchObject({ outcome: 'refused' })
  expect(await attempt(page, "fetch('app://station/index.html').then(() => true)")).toMatchObject({
    outcome: 'refused',
  })
  for (const address of ["'data:text/javascript,postMessage(1)'", "URL.createObjectURL(new Blob(['postMessage(1)']))"])
    expect(
      await attempt(
        page,
        `new Promise((tell, fail) => {
          const worker = new Worker(${address})
          worker.onmessage = () => tell(true)
          worker.onerror = () => fail(new Error('no worker'))
        })`,
      ),
    ).not.toMatchObject({ outcome: 'given' })
})
