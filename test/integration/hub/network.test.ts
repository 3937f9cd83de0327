// The hub on a network: TLS by files and who trusts it, and behind a proxy the client's own address, which nobody can make up.
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSettings } from '../../../src/hub/settings.ts'
import { type HubProcess, startHubProcess } from '../../support/hub/hub-process.ts'
import { type RunningHub, startTestHub } from '../../support/hub/running-hub.ts'

const root = path.resolve(import.meta.dirname, '../../..')

describe('TLS by files', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-tls-'))
  const cert = path.join(folder, 'hub.crt')
  const key = path.join(folder, 'hub.key')
  let hub: HubProcess
  let url: string
  beforeAll(async () => {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', cert]
    execFileSync('openssl', ['req', '-x509', '-days', '2', ...made, ...subject], { stdio: 'pipe' })
    hub = await startHubProcess({ WARDKEY_HUB_TLS_CERT: cert, WARDKEY_HUB_TLS_KEY: key })
    url = `https://localhost:${new URL(hub.url).port}`
  }, 60_000)
  afterAll(async () => {
    await hub?.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  })

  /** As a station asks, in a process of its own. @returns the reason that it was given. */
  const joinBy = (address: string, env: Record<string, string>): string => {
    const script = `import { createHttpHub } from ${JSON.stringify(path.join(root, 'src/station/hub/http.ts'))}
      const key = Buffer.alloc(44).toString('base64')
      const request = { code: 'A'.repeat(16), name: 'Ward', location: 'Here', appVersion: '1', signature: key,
        signingKey: key, agreementKey: key, sealingKey: key }
      const answer = await createHttpHub().join(${JSON.stringify(address)}, 'acme', request)
      console.log(answer.ok ? 'joined' : answer.reason)`
    const args = ['--input-type=module', '--no-warnings', '-e', script]
    const run = spawnSync(process.execPath, args, { cwd: root, env: { PATH: '', ...env }, encoding: 'utf8' })
    return run.stdout.trim() || run.stderr
  }

  it('is what a station talks to that trusts its certificate, and no other does', () => {
    // No such code, no such organisation: one answer, and the hub has given it.
    expect(joinBy(url, { NODE_EXTRA_CA_CERTS: cert })).toBe('join-refused')
    expect(joinBy(url, {})).toBe('unreachable')
  })

  it('is of its own name alone', () => {
    expect(joinBy(url.replace('localhost', '127.0.0.1'), { NODE_EXTRA_CA_CERTS: cert })).toBe('unreachable')
  })

  it('answers nothing in the clear', async () => {
    await expect(fetch(url.replace('https', 'http').concat('/healthz'))).rejects.toThrow()
  })

  it('says where it is by https', () => expect(hub.url).toMatch(/^https:/))

  it('takes both files or none, and says which one it can’t read', () => {
    const env = { WARDKEY_HUB_DATA_DIR: folder, WARDKEY_HUB_TLS_CERT: cert }
    expect(() => readSettings(env, folder)).toThrow('WARDKEY_HUB_TLS_CERT and WARDKEY_HUB_TLS_KEY go together')
    const missing = { ...env, WARDKEY_HUB_TLS_KEY: path.join(folder, 'none') }
    expect(() => readSettings(missing, folder)).toThrow('WARDKEY_HUB_TLS_KEY names a file')
  })
})

describe('behind a proxy', () => {
  const proxies = (text: string) =>
    readSettings({ WARDKEY_HUB_BEHIND_PROXY: text, WARDKEY_HUB_KEY: Buffer.alloc(32).toString('base64') }, '/nowhere')
      .behindProxy

  it('believes whom the setting names, and says so where that is none', () => {
    expect(proxies('')).toEqual([])
    expect(proxies('0')).toEqual([])
    expect(proxies('1')).toEqual(['127.0.0.0/8', '::1'])
    expect(proxies('10.1.2.3, fd00::/8')).toEqual(['10.1.2.3', 'fd00::/8'])
    for (const wrong of ['2', 'yes', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example', '10.0.0.0/', ','])
      expect(() => proxies(wrong), wrong).toThrow('WARDKEY_HUB_BEHIND_PROXY is not a value')
  })

  const limit = 20
  const token = 'A'.repeat(43)
  const body = JSON.stringify({
    token,
    organisation: { slug: 'acme', name: 'Acme' },
    administrator: { staffId: 'X-1', displayName: 'X' },
  })
  /** @param forwarded what the proxy hands on: what the client sent, then the client's own address. */
  const ask = async (hub: RunningHub, forwarded: string): Promise<number> => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwarded }
    return (await fetch(`${hub.url}/v1/set-up`, { method: 'POST', headers, body })).status
  }
  const askOften = async (hub: RunningHub, forwarded: (i: number) => string): Promise<number[]> => {
    const answers = []
    for (let i = 0; i < limit + 2; i++) answers.push(await ask(hub, forwarded(i)))
    return answers.slice(-3)
  }
  const by = async (behindProxy: RunningHubProxy, work: (hub: RunningHub) => Promise<void>) => {
    const hub = await startTestHub(undefined, undefined, null, behindProxy)
    await work(hub).finally(() => hub.close())
  }
  type RunningHubProxy = Parameters<typeof startTestHub>[3]

  it.each([[['127.0.0.1', '::1']], [['127.0.0.0/8']]])('counts each client by itself: %j', (trusted) =>
    by(trusted, async (hub) => {
      expect(await askOften(hub, () => '203.0.113.7')).toEqual([409, 429, 429])
      expect(await ask(hub, '203.0.113.8')).toBe(409)
      // Made up by the client, before what the proxy itself has seen.
      expect(await askOften(hub, (i) => `198.51.100.${i}, 203.0.113.9`)).toEqual([409, 429, 429])
    }),
  )

  it.each([[[]], [['10.0.0.0/8']]])('believes nobody else: %j', (trusted) =>
    by(trusted, async (hub) => {
      expect(await askOften(hub, (i) => `203.0.113.${i}`)).toEqual([409, 429, 429])
    }),
  )
})
