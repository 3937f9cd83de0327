// app://station: the window's own files and nothing else, under a policy that runs no foreign code.
import fs from 'node:fs/promises'
import path from 'node:path'
import { protocol } from 'electron'

export const origin = 'app://station'

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox allow-scripts allow-same-origin allow-forms',
].join('; ')

/** Of the decoder's worker alone: it compiles the WebAssembly that it carries in itself, and reaches nothing. */
export const workerPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src data:"
const isWorker = (file: string): boolean => /^decoder-worker-[\w-]+\.js$/.test(path.basename(file))

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** Before 'ready'. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } },
  ])
}

/**
 * @param folder absolute; nothing outside it is ever read.
 * @param ready until then every request waits: no page runs before somebody is there to answer it.
 */
export function serveApp(folder: string, ready: Promise<unknown>): void {
  protocol.handle('app', async (request) => {
    await ready
    const url = new URL(request.url)
    const file = path.normalize(path.join(folder, plainPath(url.pathname)))
    const type = types[path.extname(file)]
    const inside = file.startsWith(folder + path.sep)
    if (`${url.protocol}//${url.host}` !== origin || request.method !== 'GET' || !inside || !type) return refused(404)
    try {
      return new Response(new Uint8Array(await fs.readFile(file)), {
        headers: {
          'content-type': type,
          'content-security-policy': isWorker(file) ? workerPolicy : contentSecurityPolicy,
          'x-content-type-options': 'nosniff',
        },
      })
    } catch {
      return refused(404)
    }
  })
}

/** What stands for no character names no file. */
function plainPath(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return ''
  }
}

const refused = (status: number) =>
  new Response(null, { status, headers: { 'content-security-policy': contentSecurityPolicy } })
