// `npm run demo`: fills a throw-away station with sample people, then goes on showing their codes in the terminal.
import { setInterval as every } from 'node:timers/promises'
import { composeCli } from './compose.ts'
import { codeAt, type DemoPerson, enrollDemoPeople } from './demo-people.ts'

const periodMs = 30_000
const quiet = { info: () => {}, warn: () => {}, error: () => {} }

const { folder, keychain } = composeCli(undefined)
const people = await enrollDemoPeople({
  dataFolder: folder,
  appVersion: 'demo',
  keychain,
  log: quiet,
  printer: { isReady: async () => false, printWindow: async () => false },
  phoneHost: null,
  sqliteBinding: undefined,
})
console.log('ready')
if (process.env.WARDKEY_DEMO_TERMINAL) await redraw(people)
else await repeat(people)

/** In a terminal: one table that stays in place and counts down. */
async function redraw(people: readonly DemoPerson[]): Promise<void> {
  let lines = 0
  const draw = () => {
    const text = tableOf(people, Date.now())
    process.stdout.write(`${lines > 0 ? `\x1b[${lines}A\x1b[0J` : ''}${text}\n`)
    lines = text.split('\n').length
  }
  draw()
  for await (const _ of every(1000)) draw()
}

/** Into a file or a pipe: a table for every new code. */
async function repeat(people: readonly DemoPerson[]): Promise<void> {
  let shown = -1
  const draw = () => {
    const step = Math.floor(Date.now() / periodMs)
    if (step === shown) return
    shown = step
    console.log(tableOf(people, Date.now()))
  }
  draw()
  for await (const _ of every(250)) draw()
}

function tableOf(people: readonly DemoPerson[], nowMs: number): string {
  const left = Math.ceil((periodMs - (nowMs % periodMs)) / 1000)
  const rows = people.map((person) => {
    const code = codeAt(person.setupKey, nowMs).replace(/(...)(...)/, '$1 $2')
    return `  ${person.staffId}  ${person.displayName.padEnd(14)}${person.role.padEnd(15)}${code}   ${person.setupKey}`
  })
  return [
    '',
    `  Sample people. Type a staff ID and its code; new codes in ${left} s.`,
    '',
    `  ${'ID'.padEnd(7)}${'Name'.padEnd(14)}${'Role'.padEnd(15)}${'Code'.padEnd(10)}Setup key (for an authenticator app)`,
    ...rows,
    '',
  ].join('\n')
}
