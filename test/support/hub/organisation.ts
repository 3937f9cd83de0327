// An organisation at a hub that runs, as its first administrator works there: over HTTP and by the command line.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect } from '@playwright/test'
import { Phone } from '../phone.ts'
import type { HubProcess } from './hub-process.ts'

const entry = path.resolve(import.meta.dirname, '../../../src/cli/index.ts')

export interface Organisation {
  /** Of the administrator's access. */
  readonly token: string
  post(where: string, body: unknown): Promise<Record<string, string>>
  /** `wardkey hub …`, as an administrator of the organisation types it. */
  run(...args: string[]): ReturnType<typeof JSON.parse>
  /** Adds somebody and enrolls their phone. */
  enroll(who: { readonly name: string; readonly staffId: string }, ...options: string[]): Promise<Phone>
}

export async function setUpOrganisation(hub: HubProcess): Promise<Organisation> {
  let token = ''
  const post = async (where: string, body: unknown) => {
    const response = await fetch(`${hub.url}/v1${where}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    })
    expect(response.status, where).toBe(200)
    return (await response.json()) as Record<string, string>
  }
  const run = (...args: string[]) => {
    const env = { ...process.env, WARDKEY_HUB: `${hub.url}/v1/acme`, WARDKEY_HUB_TOKEN: token }
    const child = spawnSync(process.execPath, [entry, 'hub', ...args, '--json'], { env, encoding: 'utf8' })
    expect(child.status, child.stderr).toBe(0)
    return JSON.parse(child.stdout)
  }
  const [, secret] = hub.setupLink.split('#')
  const organisation = { slug: 'acme', name: 'Acme Hospital' }
  const first = { staffId: 'IT-1', displayName: 'Ines Tal' }
  const offer = await post('/set-up', { token: secret, organisation, administrator: first })
  const phone = new Phone(offer.setupKey ?? '')
  await post('/set-up/confirm', { token: secret, code: await phone.nextCode() })
  token = (await post('/acme/sessions', { staffId: first.staffId, code: await phone.nextCode() })).token ?? ''
  return {
    token,
    post,
    run,
    async enroll({ name, staffId }, ...options) {
      const { id } = run('people', 'add', staffId, name, ...options)
      const made = await post(`/acme/people/${id}/offers`, {})
      const own = new Phone(made.setupKey ?? '')
      await post(`/acme/offers/${made.offerId}/confirm`, { code: await own.nextCode() })
      return own
    },
  }
}
