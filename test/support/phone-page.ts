// A phone: Debian's Chromium with the phone page, a camera that films what a test holds in front of it, and a network to cut.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test'
import { pullOutCamera } from './capture.ts'
import { FakeCamera } from './fake-camera.ts'
import { type PhoneHost, passToHub, phonePageHost, serveThePage } from './phone-host.ts'

export interface PhonePage {
  readonly page: Page
  readonly host: PhoneHost
  /** Opens the page, waits until it is kept for offline use. */
  visit(): Promise<void>
  /** From then on there is no network: neither a server nor a way to one. */
  cutNetwork(): Promise<void>
  /** Holds these pixels in front of the camera. */
  holdUp(png: Buffer): void
  /** From the first view: scans these pixels. */
  scan(png: Buffer): Promise<void>
  /** A screen lock of the phone's that verifies its owner. @param options.prf with a secret for pages. @returns how to have it refuse. */
  addScreenLock(options?: { readonly prf?: boolean }): Promise<{ refuse(): Promise<void>; accept(): Promise<void> }>
  /** While something is filmed. */
  pullOutCamera(): void
  close(): Promise<void>
}

export interface PhoneOptions {
  readonly args?: readonly string[]
  readonly folder?: string
  readonly hasCamera?: boolean
  /** Address of a hub that serves the page. */
  readonly hub?: string
}

/** @param options.folder files to serve instead of the built page. */
export async function openPhone(options: PhoneOptions = {}): Promise<PhonePage> {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-phone-'))
  const camera = new FakeCamera()
  const host = options.hub ? await passToHub(options.hub) : await serveThePage(options.folder)
  const context: BrowserContext = await chromium.launchPersistentContext(path.join(profile, 'browser'), {
    executablePath: '/usr/bin/chromium',
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    locale: 'en-GB',
    colorScheme: 'dark',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ...host.switches,
      '--use-fake-ui-for-media-stream',
      ...(options.hasCamera === false ? ['--use-fake-device-for-media-stream=device-count=0'] : camera.switches),
      ...(options.args ?? []),
    ],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  return {
    page,
    host,
    visit: async () => {
      await page.goto(`https://${phonePageHost}/`)
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    },
    cutNetwork: async () => {
      await context.setOffline(true)
      await host.close()
    },
    holdUp: (png) => camera.film(png),
    scan: async (png) => {
      camera.film(png)
      await page.getByRole('button', { name: 'Scan the workstation' }).click()
    },
    addScreenLock: async (lock) => screenLock(await context.newCDPSession(page), lock?.prf ?? false),
    pullOutCamera: () =>
      pullOutCamera(Number(execFileSync('pgrep', ['--oldest', '--full', profile], { encoding: 'utf8' }))),
    close: async () => {
      await context.close()
      await host.close()
      camera.remove()
      fs.rmSync(profile, { recursive: true, force: true })
    },
  }
}

async function screenLock(session: CDPSession, prf: boolean) {
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      ...(prf ? { ctap2Version: 'ctap2_1' as const, hasPrf: true } : {}),
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const verified = (isUserVerified: boolean) =>
    session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }).then(() => undefined)
  return { refuse: () => verified(false), accept: () => verified(true) }
}
