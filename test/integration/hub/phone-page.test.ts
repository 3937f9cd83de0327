// The phone page from the hub: exactly its files, with what only headers can say; and a clear word where there is none.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPhonePage } from '../../../src/hub/phone-page.ts'
import { readSettings } from '../../../src/hub/settings.ts'
import { type RunningHub, startTestHub } from '../../support/hub/running-hub.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-page-'))
const files = { 'index.html': '<p>page', 'service-worker.js': '1', 'assets/index-a1.js': '2', 'secret.pem': 'key' }
for (const [name, content] of Object.entries(files)) {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
  fs.writeFileSync(path.join(folder, name), content)
}
let hub: RunningHub
beforeAll(async () => {
  hub = await startTestHub(undefined, undefined, readPhonePage(folder))
}, 30_000)
afterAll(async () => {
  await hub.close()
  fs.rmSync(folder, { recursive: true })
})

describe('a hub that serves the phone page', () => {
  it('gives its files, and says what only headers can', async () => {
    for (const [where, type, cache] of [
      ['/', 'text/html', 'no-cache'],
      ['/service-worker.js', 'text/javascript', 'no-cache'],
      ['/assets/index-a1.js', 'text/javascript', 'public, max-age=31536000, immutable'],
    ] as const) {
      const { status, headers } = await fetch(`${hub.url}${where}`)
      expect(status, where).toBe(200)
      expect(headers.get('content-type')).toContain(type)
      expect(headers.get('cache-control')).toBe(cache)
      expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('gives nothing else', async () => {
    for (const where of ['/secret.pem', '/../hub.key', '/%2e%2e/hub.key', '/assets/', '/assets/../secret.pem'])
      expect((await fetch(`${hub.url}${where}`)).status, where).toBe(404)
    expect((await fetch(`${hub.url}/healthz`)).headers.get('cache-control')).toBe('no-store')
  })

  it('does not start where the folder holds no page', () => {
    const settings = () => readSettings({ WARDKEY_HUB_PHONE: os.tmpdir(), WARDKEY_HUB_KEY: key }, folder)
    const key = Buffer.alloc(32, 1).toString('base64')
    expect(settings).toThrow('WARDKEY_HUB_PHONE names a folder that holds no built phone page')
  })
})
