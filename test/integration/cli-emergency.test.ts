// emergency list on the command line: what was used, what waits for a review, and how many codes are left.
import fs from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Ward } from '../support/attack-station.ts'
import { type CliStation, makeCliStation } from '../support/cli.ts'
import { allow, makeCodes, openWith, reason, statusOf, who } from '../support/emergency.ts'
import { codeOf, startDesk } from '../support/fakes.ts'

let station: CliStation
let ward: Ward
beforeAll(async () => {
  station = await makeCliStation()
  const stopped = { ...station.bench, keychain: station.keychain, setupKey: station.setupKey, recoveryCodes: [] }
  await allow(stopped)
  ward = { ...stopped, ...(await startDesk(stopped)), keychain: station.keychain }
})
afterAll(async () => {
  await ward.desk.close()
  fs.rmSync(station.root, { recursive: true })
})

it('says that nothing was used, with 0', async () => {
  const { status, stdout, stderr } = await station.cli('emergency', 'list')
  expect([status, stdout, stderr]).toEqual([0, '0 uses, 0 wait for a review; 0 codes left\n', ''])
})

it('finds a use that waits for its review, with 1, and says so in status', async () => {
  const [code] = await makeCodes(ward)
  expect(await openWith(ward, code)).toEqual({ ok: true })
  await ward.desk.handlers.lockNow({})
  const { status, stdout } = await station.cli('emergency', 'list')
  expect(status).toBe(1)
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(new RegExp(`^\\d{4}-.*Z  ${who} \\(as typed\\): ${reason}$`)),
    '  waits for a review',
    '1 uses, 1 wait for a review; 2 codes left',
    '',
  ])
  expect(JSON.parse((await station.cli('status', '--json')).stdout)).toMatchObject({ openReviews: 1 })
})

it('has the review, with 0', async () => {
  ward.clock.pass(30_000)
  const administrator = { staffId: 'A1001', code: codeOf(station.setupKey, ward.clock.nowMs()) }
  expect(await ward.desk.handlers.submitCode(administrator)).toMatchObject({ ok: true })
  const [use] = (await statusOf(ward)).uses
  await ward.desk.handlers.reviewEmergency({ useId: use?.id ?? '', finding: 'A drill, as announced.' })
  const { status, stdout } = await station.cli('emergency', 'list', '--json')
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    ok: true,
    waiting: 0,
    codesLeft: 2,
    uses: [{ name: who, reason, review: { by: 'Ada Kern', finding: 'A drill, as announced.' } }],
  })
})

it.each([['0'], ['-1'], ['x'], ['1e9']])('has no page %j', async (page) => {
  expect((await station.cli('emergency', 'list', `--page=${page}`)).status).toBe(2)
})
