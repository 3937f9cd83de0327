// The built phone page behind HTTPS, on a name that only the test's browser knows, with a certificate that only it trusts.
import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'

export const phonePageHost = 'phone.wardkey.test'
const built = path.resolve(import.meta.dirname, '../../out/phone')
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

export interface PhoneHost {
  /** What makes a Chromium find it and trust it. */
  readonly switches: readonly string[]
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[]
  /** All that was said to it: each request's line and headers. */
  readonly heard: readonly string[]
  close(): Promise<void>
}

/** @param folder of the files; the built page by default. */
export async function serveThePage(folder = built): Promise<PhoneHost> {
  const { key, cert } = makeCertificate()
  const asked: string[] = []
  const heard: string[] = []
  const server = https.createServer({ key, cert }, (request, response) => {
    const { pathname } = new URL(request.url ?? '/', `https://${phonePageHost}`)
    asked.push(pathname)
    heard.push([request.method, request.url, ...request.rawHeaders].join('\n'))
    const file = path.join(folder, pathname === '/' ? 'index.html' : path.normalize(pathname))
    if (!file.startsWith(folder) || !fs.existsSync(file)) response.writeHead(404).end()
    else
      response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'text/plain' }).end(fs.readFileSync(file))
  })
  return hosted(server, cert, asked, heard)
}

/** A hub that serves it, behind the TLS that a proxy in front of it would have. */
export async function passToHub(hub: string): Promise<PhoneHost> {
  const { key, cert } = makeCertificate()
  const asked: string[] = []
  const heard: string[] = []
  const server = https.createServer({ key, cert }, (request, response) => {
    asked.push(new URL(request.url ?? '/', hub).pathname)
    heard.push([request.method, request.url, ...request.rawHeaders].join('\n'))
    const { method, headers } = request
    const onward = http.request(new URL(request.url ?? '/', hub), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  return hosted(server, cert, asked, heard)
}

async function hosted(server: https.Server, cert: Buffer, asked: string[], heard: string[]): Promise<PhoneHost> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const spki = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' })
  return {
    switches: [
      `--host-resolver-rules=MAP ${phonePageHost}:443 127.0.0.1:${port}`,
      `--ignore-certificate-errors-spki-list=${createHash('sha256').update(spki).digest('base64')}`,
    ],
    asked,
    heard,
    close: () => {
      server.closeAllConnections()
      return new Promise((closed) => server.close(() => closed()))
    },
  }
}

function makeCertificate(): { key: Buffer; cert: Buffer } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-certificate-'))
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
  const subject = ['-subj', `/CN=${phonePageHost}`, '-addext', `subjectAltName=DNS:${phonePageHost}`]
  const form = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  execFileSync('openssl', [...form, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' })
  const made = { key: fs.readFileSync(key), cert: fs.readFileSync(cert) }
  fs.rmSync(folder, { recursive: true })
  return made
}
