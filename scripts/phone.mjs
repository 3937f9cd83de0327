// `npm run phone`: the built phone page on this computer alone, for trying; its terminal says how to host it for phones.
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { buildBundles } from './build-bundles.mjs'
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
  await new Promise((closed) => server.on('close', closed))
})

function answer(request, response) {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const file = path.join(folder, pathname === '/' ? 'index.html' : path.normalize(pathname))
  const type = types[path.extname(file)]
  if (!file.startsWith(folder + path.sep) || !type || !fs.existsSync(file)) return response.writeHead(404).end()
  const headers = { 'content-type': type, 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' }
  response.writeHead(200, { ...headers, 'cache-control': 'no-cache' }).end(fs.readFileSync(file))
}
