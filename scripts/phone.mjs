// `npm run phone`: the built phone page on this computer alone, for trying; its terminal says how to host it for phones.
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { buildBundles } from './build-bundles.mjs'
import { stopIfInterrupted, whenInterrupted } from './interruption.mjs'
import { root } from './project.mjs'
import { installNodePackages } from './setup/node-packages.mjs'
import { installSystemPackages } from './setup/system-packages.mjs'
import { Obstacle, runScript, say } from './speak.mjs'

const folder = path.join(root, 'out', 'phone')
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}
/** Those of docs/phone-page.md, but for the one that wants HTTPS. */
const headers = {
  'content-security-policy': "frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-cache',
  'permissions-policy': 'camera=(self), geolocation=(self)',
}

await runScript(async () => {
  const port = Number(process.argv[2] ?? 8787)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Obstacle('npm run phone takes a port, such as: npm run phone -- 8787')
  await installSystemPackages(['base'])
  await installNodePackages()
  await buildBundles()
  const server = http.createServer(answer)
  await new Promise((listening, failed) => {
    server.once('error', (error) => failed(new Obstacle(`port ${port}: ${error.message}`)))
    server.listen(port, '127.0.0.1', listening)
  })
  say(
    `the phone page is at http://localhost:${port}/ on this computer (WARDKEY_PHONE_URL=localhost:${port} is for trying alone)`,
  )
  say(
    'a phone wants HTTPS: put the files of out/phone on any static host, as docs/phone-page.md says; Ctrl+C ends this',
  )
  await new Promise((closed) => {
    server.once('close', closed)
    whenInterrupted(() => {
      server.close()
      server.closeAllConnections()
    })
  })
  stopIfInterrupted()
})

function answer(request, response) {
  const file = fileOf(request.url ?? '/')
  if (file === null) return response.writeHead(404).end()
  response.writeHead(200, { ...headers, 'content-type': types[path.extname(file)] }).end(fs.readFileSync(file))
}

/** null for what is no file of the page. @param {string} asked as it came, which may be anything. */
function fileOf(asked) {
  if (!URL.canParse(asked, 'http://localhost')) return null
  const { pathname } = new URL(asked, 'http://localhost')
  const file = path.join(folder, pathname === '/' ? 'index.html' : path.normalize(pathname))
  const isOurs = file.startsWith(folder + path.sep) && path.extname(file) in types
  return isOurs && fs.existsSync(file) ? file : null
}
