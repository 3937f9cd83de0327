// A station in a process of its own that signs in and locks until it is killed, and says each step before and after.
import fs from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { ScreenState } from '../../src/contracts/screen.ts'
import { createDesk } from '../../src/station/create-desk.ts'
import { createKeytarKeychain } from '../../src/station/keytar-keychain.ts'
import { administrator, codeOf, FakeLog, FakePrinter } from './fakes.ts'

const loopPlan = z.strictObject({
  folder: z.string(),
  service: z.string(),
  /** Wall time at the start: never before any time that an earlier process had. */
  wallMs: z.number(),
  setupKey: z.string().nullable(),
  /** Times whose codes were submitted before, and are submitted again first. */
  againMs: z.array(z.number()),
  /** How many fresh codes to submit before a quiet end; null: until killed. */
  logins: z.number().nullable(),
})
export type LoopPlan = z.infer<typeof loopPlan>

const said = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('started'), screen: z.string() }),
  z.strictObject({ what: z.literal('set-up'), setupKey: z.string() }),
  z.strictObject({ what: z.literal('checked'), screen: z.string() }),
  z.strictObject({ what: z.literal('again'), atMs: z.number(), answer: z.string() }),
  z.strictObject({ what: z.literal('trying'), atMs: z.number() }),
  z.strictObject({ what: z.literal('answered'), atMs: z.number(), answer: z.string() }),
])
export type Said = z.infer<typeof said>
export const readSaid = (line: string): Said => said.parse(JSON.parse(line))

/** One write into the pipe: what was said stays said, whatever happens to this process next. */
const say = (line: Said) => fs.writeSync(1, `${JSON.stringify(line)}\n`)

const stepMs = 30_000
const wordsFor = (screen: ScreenState): string => {
  if (screen.kind === 'failed') return `failed ${screen.code}`
  return screen.kind === 'locked' ? `locked ${screen.log.state}` : screen.kind
}

async function runLoop(plan: LoopPlan): Promise<void> {
  let wallMs = plan.wallMs
  const desk = createDesk({
    dataFolder: plan.folder,
    appVersion: '0.0.0',
    clock: { nowMs: () => wallMs, runningMs: () => performance.now() },
    keychain: createKeytarKeychain(plan.service),
    log: new FakeLog(),
    printer: new FakePrinter(),
    phoneHost: null,
    sqliteBinding: undefined,
  })
  const { handlers } = desk
  const { staffId } = administrator
  const submit = async (setupKey: string, atMs: number): Promise<string> => {
    const answer = await handlers.submitCode({ staffId, code: codeOf(setupKey, atMs) })
    return answer.ok ? 'accepted' : answer.reason
  }

  await desk.start()
  say({ what: 'started', screen: desk.screen().kind })
  let { setupKey } = plan
  if (desk.screen().kind === 'first-run') {
    const place = { name: 'Ward 7', location: 'Level 2' }
    const person = { administratorName: administrator.name, administratorStaffId: staffId }
    const offered = await handlers.setUpStation({ ...place, ...person })
    if (!offered.ok) throw new Error(offered.reason)
    setupKey = offered.secret.setupKey
    // Said before it is proved: who kills this process in between must be able to go on.
    say({ what: 'set-up', setupKey })
    const confirmed = await handlers.confirmOffer({ code: codeOf(setupKey, wallMs) })
    if (!confirmed.ok) throw new Error(confirmed.reason)
    await handlers.acknowledgeRecoveryCodes({})
  }
  if (setupKey === null) throw new Error('a station that is set up needs its setup key')
  while (/checking|starting/.test(wordsFor(desk.screen()))) await delay(1)
  say({ what: 'checked', screen: wordsFor(desk.screen()) })

  for (const atMs of plan.againMs) {
    say({ what: 'again', atMs, answer: await submit(setupKey, atMs) })
    await handlers.lockNow({})
  }
  // What was refused above must not slow down what follows.
  wallMs = (Math.floor(wallMs / stepMs) + 30) * stepMs
  for (let login = 0; plan.logins === null || login < plan.logins; login++) {
    wallMs += stepMs
    say({ what: 'trying', atMs: wallMs })
    say({ what: 'answered', atMs: wallMs, answer: await submit(setupKey, wallMs) })
    await handlers.lockNow({})
  }
  await desk.close()
}

// Imported, this file only tells how to talk with it.
if (process.argv[2] !== undefined && import.meta.filename === process.argv[1])
  await runLoop(loopPlan.parse(JSON.parse(process.argv[2])))
