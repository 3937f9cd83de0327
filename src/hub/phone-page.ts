// The phone page, where this hub serves it too: its built files, read once, with what only headers can say.
import fs from 'node:fs'
import path from 'node:path'
import type { HubServer } from './server.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}
/** The page carries the rest of its policy: one here would hold for the decoder's worker, too. */
const headers = {
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(self), geolocation=(self)',
  'strict-transport-security': 'max-age=63072000',
  'referrer-policy': 'no-referrer',
}
const forEver = 'public, max-age=31536000, immutable'

export type PhoneFiles = ReadonlyMap<string, Buffer>

/** By their path in an address. Throws where it is no folder with a built page. */
export function readPhonePage(folder: string): PhoneFiles {
  const files = new Map<string, Buffer>()
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || types[path.extname(entry.name)] === undefined) continue
    const file = path.join(entry.parentPath, entry.name)
    files.set(`/${path.relative(folder, file).split(path.sep).join('/')}`, fs.readFileSync(file))
  }
  const index = files.get('/index.html')
  if (!index || !files.has('/service-worker.js')) throw new Error('there is no built phone page in that folder')
  return new Map([...files, ['/', index]])
}

/** Exactly these files: no other path leads to a disk. */
export function addPhonePage(app: HubServer, files: PhoneFiles): void {
  for (const [where, content] of files)
    app.get(where, { schema: { hide: true } }, async (_, reply) =>
      reply
        .headers({ ...headers, 'cache-control': where.startsWith('/assets/') ? forEver : 'no-cache' })
        .type(types[path.extname(where)] ?? 'text/html; charset=utf-8')
        .send(content),
    )
}
