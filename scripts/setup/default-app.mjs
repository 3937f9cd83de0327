// The default app of the test runtime: `electron [-r FILE] PATH [arguments]`, as Electron's own would do it.
// A module with a top-level await: Electron holds back "ready" until the app is imported and has registered its schemes.
import fs from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const request = readArguments(process.argv.slice(1))
if (!request.file) stop('usage: electron [-r FILE] PATH [arguments]', 2)
if (request.preload.length) Module._preloadModules(request.preload)
try {
  await load(path.resolve(request.file))
} catch (error) {
  stop(`The app threw while it was loading\n${error?.stack ?? error}`, 1)
}

function readArguments(args) {
  const preload = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    if (arg === '--version' || arg === '-v') print(`v${process.versions.electron}`)
    else if (arg === '--abi' || arg === '-a') print(process.versions.modules)
    // Playwright hands its loader over this way.
    else if (arg === '-r' || arg === '--require') preload.push(args[++i])
    else if (!arg.startsWith('-')) return { file: arg, preload }
  }
  return { file: null, preload }
}

async function load(target) {
  Object.defineProperty(process, 'defaultApp', {
    configurable: false,
    enumerable: true,
    value: true,
  })
  const description = path.join(target, 'package.json')
  const isProject = fs.existsSync(description)
  if (isProject) introduce(JSON.parse(fs.readFileSync(description, 'utf8')))
  const main = Module._resolveFilename(target, null, true)
  const appPath = isProject ? target : path.dirname(main)
  app.setAppPath(appPath)
  chooseSqliteBinding(appPath)
  await import(pathToFileURL(main).toString())
}

function introduce({ name, productName, version, desktopName }) {
  if (version) app.setVersion(version)
  app.name = productName || name || app.name
  if (desktopName) app.setDesktopName(desktopName)
}

/** The binary that better-sqlite3 ships wants Node-API 10 and kills this older runtime: name the copy built for it. */
function chooseSqliteBinding(appPath) {
  const relative = 'node_modules/.cache/wardkey/better-sqlite3-napi9/build/Release/better_sqlite3.node'
  // An app started by the path of its bundle has its node_modules some folders up.
  let folder = appPath
  while (!fs.existsSync(path.join(folder, 'node_modules')) && path.dirname(folder) !== folder)
    folder = path.dirname(folder)
  const binding = process.env.WARDKEY_SQLITE_BINDING || path.join(folder, relative)
  // No falling through to the shipped binary: it would end the process with no word of why.
  if (!fs.existsSync(binding))
    stop(
      `Electron ${process.versions.electron} needs better-sqlite3 built for Node-API 9.
There is none at ${binding}
Run \`npm run setup\` in the project first.`,
      1,
    )
  process.env.WARDKEY_SQLITE_BINDING = binding
}

function print(line) {
  console.log(line)
  process.exit(0)
}

function stop(message, status) {
  console.error(message)
  process.exit(status)
}
