// What a hostile page could try in the station's window, and the watchers that see whether any of it came true.
import dgram from 'node:dgram'
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { launchStation, newDataFolder, type StationApp } from './station-app.ts'

export interface Attempted {
  /** pending: neither given nor refused within the limit. */
  readonly outcome: 'given' | 'refused' | 'pending'
  /** What was given, as JSON; or the name of the error. */
  readonly what: string
  /** Directives of the policy that spoke up, each once. */
  readonly violations: readonly string[]
}

const limitMs = 1_500

/**
 * Runs an expression in the page's own world, as injected code would, and waits for what comes of it.
 * DevTools may evaluate strings whatever the policy says, but only in its own turn: so it happens in a later one.
 */
export function attempt(page: Page, expression: string): Promise<Attempted> {
  return page.evaluate(`new Promise((tell) => {
    const violations = new Set()
    const note = (event) => violations.add(event.effectiveDirective)
    document.addEventListener('securitypolicyviolation', note)
    const end = (outcome, what) => setTimeout(() => {
      document.removeEventListener('securitypolicyviolation', note)
      tell({ outcome, what, violations: [...violations] })
    }, 60)
    setTimeout(() => end('pending', ''), ${limitMs})
    setTimeout(async () => {
      try {
        const given = await (${expression})
        end(given === false || given === undefined ? 'refused' : 'given', JSON.stringify(given) ?? '')
      } catch (error) {
        end('refused', error?.name ?? String(error))
      }
    })
  })`)
}

/** Those of the attempts that were not refused, each with what came of it: none, where all is well. */
export async function notRefused(page: Page, attempts: Readonly<Record<string, string>>): Promise<string[]> {
  const wrong: string[] = []
  for (const [name, expression] of Object.entries(attempts)) {
    const { outcome, what } = await attempt(page, expression)
    if (outcome !== 'refused') wrong.push(`${name}: ${outcome} ${what}`)
  }
  return wrong
}

/** An element in the page; true where it loaded, false where it did not. */
export const load = (tag: string, properties: object): string => `new Promise((tell) => {
  const element = Object.assign(document.createElement('${tag}'), ${JSON.stringify(properties)})
  element.onload = element.onloadeddata = () => tell(true)
  element.onerror = () => tell(false)
  document.body.append(element)
})`

/** An element put into the page; true where, a moment later, `then` holds of it. */
export const insert = (tag: string, properties: object, then = 'window.ran === true'): string => `(async () => {
  delete window.ran
  const element = Object.assign(document.createElement('${tag}'), ${JSON.stringify(properties)})
  document.body.append(element)
  element.click?.()
  element.submit?.()
  await new Promise((later) => setTimeout(later, 150))
  const came = ${then}
  element.remove()
  return came
})()`

/** A preload of the test's own beside ours, in the very window and for one page load of it. `source` has contextBridge and ipcRenderer. */
export async function withPreload<T>(
  { app, page }: { readonly app: ElectronApplication; readonly page: Page },
  source: string,
  use: () => Promise<T>,
): Promise<T> {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-preload-')), 'preload.cjs')
  fs.writeFileSync(file, `const { contextBridge, ipcRenderer } = require('electron')\n${source}`)
  await app.evaluate(({ session }, file) => session.defaultSession.setPreloads([file]), file)
  try {
    await page.reload()
    return await use()
  } finally {
    await app.evaluate(({ session }) => session.defaultSession.setPreloads([]))
    await page.reload()
  }
}

export interface Canary {
  /** http://127.0.0.1:PORT; the same port listens for datagrams. */
  readonly base: string
  readonly port: number
  /** Everything that arrived since this was last asked. */
  seen(): string[]
  close(): void
}

/** A server outside the station that answers anybody, and remembers every connection, request and datagram. */
export async function openCanary(): Promise<Canary> {
  let arrived: string[] = []
  const server = http.createServer((request, response) => {
    arrived.push(`${request.method} ${request.url}`)
    response.setHeader('access-control-allow-origin', '*')
    response.end('window.ran = true')
  })
  server.on('connection', () => arrived.push('connection'))
  const datagrams = dgram.createSocket('udp4').on('message', () => arrived.push('datagram'))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((ready) => datagrams.bind(port, '127.0.0.1', ready))
  return {
    base: `http://127.0.0.1:${port}`,
    port,
    seen: () => {
      const before = arrived
      arrived = []
      return before
    },
    close: () => {
      server.closeAllConnections()
      server.close()
      datagrams.close()
    },
  }
}

export interface Opener {
  readonly env: Readonly<Record<string, string>>
  /** What was handed to the desktop to open. */
  opened(): string[]
  close(): void
}

/** Stands where the desktop's own opener is found, and only writes down what it is asked to open. */
export function watchOpener(): Opener {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-opener-'))
  const log = path.join(folder, 'opened')
  fs.writeFileSync(log, '')
  fs.writeFileSync(path.join(folder, 'xdg-open'), `#!/bin/sh\necho "$1" >> '${log}'\n`, { mode: 0o755 })
  return {
    env: { PATH: `${folder}:${process.env.PATH}` },
    opened: () => fs.readFileSync(log, 'utf8').split('\n').filter(Boolean),
    close: () => fs.rmSync(folder, { recursive: true, force: true }),
  }
}

export const home = 'app://station/index.html'

export interface Watched {
  readonly station: StationApp
  readonly page: Page
  readonly canary: Canary
  readonly opener: Opener
  /** A fresh page on the first screen, and nothing seen so far. */
  begin(): Promise<void>
  close(): Promise<void>
}

/** A new station with a canary outside, a watched opener, and cameras and microphones that exist: else a refusal shows nothing. */
export async function openWatchedStation(): Promise<Watched> {
  const canary = await openCanary()
  const opener = watchOpener()
  const args = ['--use-fake-device-for-media-stream']
  const station = await launchStation({ folder: newDataFolder(), env: opener.env, args })
  const { app, page } = station
  return {
    station,
    page,
    canary,
    opener,
    begin: async () => {
      // Playwright waits for ever on a journey that was refused, until another begins.
      await app.evaluate(({ BrowserWindow }, url) => BrowserWindow.getAllWindows()[0]?.loadURL(url), home)
      await page.getByRole('heading', { name: 'Set up this workstation' }).waitFor()
      canary.seen()
    },
    close: async () => {
      await station.close()
      canary.close()
      opener.close()
    },
  }
}
