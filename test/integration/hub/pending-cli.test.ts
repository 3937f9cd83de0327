// What was begun and done at the hub, and who may how much, from the command line.
import { execFile } from 'node:child_process'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  beginOrganisation,
  call,
  joinLink,
  type Organisation,
  type RunningHub,
  startTestHub,
} from '../../support/hub/running-hub.ts'

const entry = path.resolve(import.meta.dirname, '../../../src/cli/index.ts')
const why = ['--reason', 'made by mistake']
let hub: RunningHub
let acme: Organisation
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
}, 90_000)
afterAll(() => hub?.close())

const wardkey = (...args: string[]): Promise<{ status: number; json: ReturnType<typeof JSON.parse> }> =>
  new Promise((resolve) => {
    const env = { ...process.env, WARDKEY_HUB: `${hub.url}/v1/acme`, WARDKEY_HUB_TOKEN: acme.token }
    execFile(process.execPath, [entry, 'hub', ...args, '--json'], { env }, (error, out) =>
      resolve({ status: error ? Number(error.code) : 0, json: out === '' ? null : JSON.parse(out) }),
    )
  })

it('lists, withdraws and purges what was begun, and says what was done', { timeout: 120_000 }, async () => {
  const { json: person } = await wardkey('people', 'add', 'N-1', 'Nina')
  await call(hub, 'POST', `/v1/acme/people/${person.id}/offers`, {}, acme.token)
  await joinLink(hub, acme, 'Ward 7')
  for (const [what, key] of [
    ['offers', 'offers'],
    ['join-codes', 'joinCodes'],
  ] as const) {
    const { json } = await wardkey(what, 'list')
    expect(json[key]).toHaveLength(1)
    expect((await wardkey(what, 'withdraw', json[key][0].id, ...why)).status).toBe(0)
    expect((await wardkey(what, 'withdraw', json[key][0].id, ...why)).status).toBe(1)
    expect((await wardkey(what, 'list')).json[key]).toEqual([])
    expect((await wardkey(what, 'list', '--all')).json[key]).toContainEqual(
      expect.objectContaining({ status: 'ended' }),
    )
  }
  hub.time.pass(60_000)
  expect((await wardkey('purge', '0', ...why)).json).toMatchObject({ offers: 0, joinCodes: 1 })
  expect((await wardkey('purge', 'many', ...why)).status).toBe(2)
  const { json } = await wardkey('actions')
  expect(json.actions.map(({ type }: { type: string }) => type)).toContain('offer-withdrawn')
})

it('changes roles and groups, and refuses what no one may', { timeout: 120_000 }, async () => {
  expect((await wardkey('people', 'change', 'N-1', '--role', 'staff', 'auditor', ...why)).json).toMatchObject({
    ok: true,
  })
  expect((await wardkey('people', 'change', 'N-1', '--groups', 'Ward 7', ...why)).status).toBe(0)
  const [person] = (await call(hub, 'GET', '/v1/acme/people?find=N-1', undefined, acme.token)).body.people
  expect(person).toMatchObject({ roles: ['auditor', 'staff'], groups: ['Ward 7'] })
  expect((await wardkey('people', 'change', 'N-1', ...why)).status).toBe(2)
  expect((await wardkey('people', 'change', 'N-1', '--role', 'root', ...why)).status).toBe(2)
  const last = await wardkey('people', 'change', 'HUB-1', '--role', 'staff', ...why)
  expect(last).toMatchObject({ status: 1, json: { problem: 'last-administrator' } })
})
