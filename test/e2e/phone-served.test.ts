// `npm run phone`: the very files that were built, with the headers that the documents ask of a host, on this computer alone.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { chromium, expect, test } from '@playwright/test'

test.describe.configure({ mode: 'serial' })

const root = path.resolve(import.meta.dirname, '../..')
const built = path.join(root, 'out/phone')
let port = 0
let script: ChildProcess
let said = ''

test.beforeAll(async () => {
  port = await freePort()
  script = spawn(process.execPath, [path.join(root, 'scripts/phone.mjs'), `${port}`], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const output of [script.stdout, script.stderr])
    output?.on('data', (chunk) => {
      said += chunk
    })
  await expect.poll(() => said, { timeout: 60_000 }).toContain(`http://localhost:${port}/`)
})
test.afterAll(() => {
  if (script?.exitCode === null) script.kill('SIGKILL')
})

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: free } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return free
}

interface Answer {
  readonly status: number | undefined
  readonly headers: http.IncomingHttpHeaders
  readonly body: Buffer
}
/** The path as it is given: a browser would tidy it up first. */
async function ask(asked: string): Promise<Answer> {
  const request = http.request({ host: '127.0.0.1', port, path: asked }).end()
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }
}

test('every file of the page comes as it was built, with the headers of docs/phone-page.md', async () => {
  const types: Readonly<Record<string, string>> = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.wasm': 'application/wasm',
    '.png': 'image/png',
    '.webmanifest': 'application/manifest+json',
  }
  const files = fs.readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((name) => path.extname(name))
  expect(files.length).toBeGreaterThan(10)
  for (const name of [...files, '']) {
    const { status, headers, body } = await ask(`/${name}`)
    expect(status, name).toBe(200)
    expect(headers, name).toMatchObject({
      'content-type': types[path.extname(name || 'index.html')],
      'content-security-policy': "frame-ancestors 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
      'permissions-policy': 'camera=(self), geolocation=(self)',
    })
    expect(headers['access-control-allow-origin'], name).toBeUndefined()
    expect(body.equals(fs.readFileSync(path.join(built, name || 'index.html'))), name).toBe(true)
  }
})

test('nothing else comes, however it is asked for, and it goes on', async () => {
  for (const asked of [
    '/../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/assets/../../../package.json',
    `/${path.join(root, 'package.json')}`,
    '/assets',
    '/assets/',
    '/nothing.js',
    '/index.html%00.png',
    '//[',
    'http://[/',
    '*',
  ])
    expect((await ask(asked)).status, asked).toBe(404)
  expect((await ask('/')).status).toBe(200)
})

test('nobody but this computer reaches it', async () => {
  const addresses = Object.values(os.networkInterfaces()).flatMap((found) => found ?? [])
  for (const { address, family, internal } of addresses)
    if (family === 'IPv4' && !internal)
      await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow('fetch failed')
})

test('a browser loads it from there alone, under its policy, and keeps it for when there is no network', async () => {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
  })
  try {
    const context = await browser.newContext({ locale: 'en-GB' })
    const asked: string[] = []
    context.on('request', (request) => asked.push(request.url()))
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`http://localhost:${port}/`)
    await expect(page.getByRole('heading', { name: 'This phone opens no workstation yet.' })).toBeVisible()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    expect(asked.length).toBeGreaterThan(5)
    for (const url of asked) expect(new URL(url).origin).toBe(`http://localhost:${port}`)
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
    expect(policy).toContain("default-src 'none'")
    for (const loose of ['unsafe', '*', 'http', 'data:', 'blob:']) expect(policy).not.toContain(loose)
    await context.setOffline(true)
    await page.reload()
    await expect(page.getByRole('button', { name: 'Scan the workstation' })).toBeVisible()
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
  }
})

test('Ctrl+C ends it, as the terminal says', async () => {
  const gone = once(script, 'exit')
  script.kill('SIGINT')
  expect(await gone).toEqual([130, null])
  await expect(ask('/')).rejects.toThrow('ECONNREFUSED')
})
