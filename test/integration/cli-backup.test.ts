// backup create, backup restore and doctor as an operator runs them, and Debian's own age on the file that comes out.
import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseFile } from '../../src/station/database.ts'
import { sourceFolder } from '../support/child-process.ts'
import { type CliRun, type CliStation, makeCliStation, SessionKeychain } from '../support/cli.ts'
import { codeOf } from '../support/fakes.ts'

const passphrase = 'correct horse battery staple'
let station: CliStation
let file = ''
beforeAll(async () => {
  station = await makeCliStation()
  file = path.join(station.root, 'backup.age')
})
afterAll(() => fs.rmSync(station.root, { recursive: true, force: true }))

/** With these lines on standard input. */
function piped(lines: readonly string[], env: Record<string, string>, ...args: string[]): Promise<CliRun> {
  const child = spawn(process.execPath, [path.join(sourceFolder, 'src/cli/index.ts'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk
  })
  child.stdin.end(lines.map((line) => `${line}\n`).join(''))
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stdout, stderr })))
}
const here = () => ({ WARDKEY_DATA_DIR: station.bench.folder, WARDKEY_KEYCHAIN_SERVICE: station.keychain.service })
const create = (lines: readonly string[], ...args: string[]) =>
  piped(lines, here(), 'backup', 'create', ...args, '--as', 'A1001', '--json')

/** A terminal of its own for a program that takes passphrases from nothing else. */
const pty = `
import os, pty, sys, time
word, command = sys.argv[1], sys.argv[2:]
pid, terminal = pty.fork()
if pid == 0: os.execvp(command[0], command)
said = b''
while b'passphrase' not in said:
    said += os.read(terminal, 1000)
time.sleep(0.2)
os.write(terminal, word.encode() + b'\\n')
try:
    while os.read(terminal, 1000): pass
except OSError: pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`

describe('backup', { timeout: 240_000 }, () => {
  it('wants a passphrase that is strong enough, before it asks for a code', async () => {
    const run = await create(['short'], file)
    expect(run).toMatchObject({ status: 1 })
    expect(JSON.parse(run.stdout)).toEqual({ ok: false, problem: 'weak-passphrase' })
  })

  it('wants an administrator, and a file that is not there yet', async () => {
    const wrong = await create([passphrase, '000000'], file)
    expect(wrong).toMatchObject({ status: 1 })
    expect(JSON.parse(wrong.stdout)).toMatchObject({ problem: 'wrong-code' })
    expect(fs.existsSync(file)).toBe(false)
    fs.writeFileSync(path.join(station.root, 'there'), 'mine')
    expect(await create([passphrase], path.join(station.root, 'there'))).toMatchObject({ status: 2 })
    expect(fs.readFileSync(path.join(station.root, 'there'), 'utf8')).toBe('mine')
    expect(await piped([], here(), 'backup', 'create', file)).toMatchObject({ status: 2 })
  })

  it('has no option for a passphrase', async () => {
    expect(await create([passphrase], file, '--passphrase', passphrase)).toMatchObject({ status: 2 })
  })

  it('is made by an administrator’s code, and its digest is on record', async () => {
    const code = codeOf(station.setupKey, Date.now())
    const run = await create([passphrase, code], file)
    expect(run).toMatchObject({ status: 0 })
    const { digest } = JSON.parse(run.stdout)
    expect(execFileSync('sha256sum', [file], { encoding: 'utf8' }).split(' ')[0]).toBe(digest)
    const { stdout } = await station.cli('audit', 'export')
    const event = stdout.split('\n').find((line) => line.includes('"type":"backup-made"')) ?? ''
    expect(JSON.parse(event)).toMatchObject({ details: { digest } })
    expect(event).not.toContain(station.root)
    expect(await station.cli('audit', 'verify')).toMatchObject({ status: 0 })
  })

  it('is opened by Debian’s age: a line about it, then an SQLite file', () => {
    const out = path.join(station.root, 'plain')
    execFileSync('python3', ['-c', pty, passphrase, 'age', '--decrypt', '--output', out, file])
    const plain = fs.readFileSync(out)
    const end = plain.indexOf('\n')
    expect(JSON.parse(plain.subarray(0, end).toString())).toMatchObject({ format: 'wardkey-backup/1' })
    const store = path.join(station.root, 'plain.db')
    fs.writeFileSync(store, plain.subarray(end + 1))
    expect(execFileSync('sqlite3', [store, 'PRAGMA integrity_check'], { encoding: 'utf8' }).trim()).toBe('ok')
    const wrong = () =>
      execFileSync('python3', ['-c', pty, `${passphrase}.`, 'age', '--decrypt', '--output', `${out}2`, file])
    expect(wrong).toThrow()
  })

  it('is restored beside the first station, under a service name of its own', async () => {
    const folder = path.join(station.root, 'restored')
    const same = await piped([passphrase], here(), 'backup', 'restore', file, '--data', folder, '--json')
    expect(same).toMatchObject({ status: 1 })
    expect(JSON.parse(same.stdout)).toEqual({ ok: false, problem: 'keychain-in-use' })
    expect(fs.existsSync(folder)).toBe(false)

    const keychain = new SessionKeychain()
    const there = { WARDKEY_KEYCHAIN_SERVICE: keychain.service }
    const restore = (word: string) => piped([word], there, 'backup', 'restore', file, '--data', folder, '--json')
    const run = await restore(passphrase)
    expect(run).toMatchObject({ status: 0 })
    const { oldLog } = JSON.parse(run.stdout)
    const env = { ...there, WARDKEY_DATA_DIR: folder }
    const verified = await piped([], env, 'audit', 'verify')
    expect(verified).toMatchObject({ status: 0, stderr: '' })
    expect(await piped([], env, 'audit', 'verify', '--file', path.join(folder, oldLog))).toMatchObject({ status: 0 })
    const looked = await piped([], env, 'doctor')
    expect(looked).toMatchObject({ status: 0 })
    expect(looked.stdout).toMatch(/look {2}people {4}restored, and the people are not confirmed/)
    const again = await restore(passphrase)
    expect(JSON.parse(again.stdout)).toEqual({ ok: false, problem: 'not-empty' })
  })
})

describe('doctor', { timeout: 60_000 }, () => {
  const checksOf = (run: CliRun) =>
    JSON.parse(run.stdout).checks as { name: string; state: string; said: string; next: string | null }[]

  it('finds nothing that stops a sound station, and says of each what it looked at', async () => {
    const run = await station.cli('doctor', '--json')
    expect(run).toMatchObject({ status: 0 })
    const checks = checksOf(run)
    const names = ['keychain', 'folder', 'disk', 'station', 'store', 'schema', 'log', 'clock', 'policy', 'backup']
    expect(checks.map(({ name }) => name)).toEqual([...names, 'runtime', 'sandbox'])
    expect(checks.filter(({ state }) => state === 'stop')).toEqual([])
    // Whatever is not good comes with what to do.
    for (const { state, next } of checks) expect(next === null).toBe(state === 'good')
  })

  it('sees whether a station runs', async () => {
    expect((await station.cli('doctor')).stdout).toContain('no station runs on this folder')
    await station.bench.desk.start()
    expect((await station.cli('doctor')).stdout).toContain('a station runs on this folder')
    await station.bench.desk.close()
  })

  it('sees a folder that others may enter', async () => {
    fs.chmodSync(station.bench.folder, 0o755)
    const run = await station.cli('doctor')
    fs.chmodSync(station.bench.folder, 0o700)
    expect(run.stdout).toMatch(/look {2}folder {4}other accounts may enter.*\n.*-> chmod 700/)
  })

  it('goes on past what is wrong, and ends with 1', async () => {
    const kept = (await station.keychain.read('root-key')) ?? ''
    await station.keychain.remove('root-key')
    const run = await station.cli('doctor', '--json')
    await station.keychain.write('root-key', kept)
    expect(run).toMatchObject({ status: 1 })
    const stops = checksOf(run).filter(({ state }) => state === 'stop')
    expect(stops.map(({ name }) => name)).toEqual(['keychain', 'store'])
    expect(checksOf(run).map(({ name }) => name)).toContain('disk')
  })

  it('sees a damaged file', async () => {
    const store = databaseFile(station.bench.folder)
    const kept = fs.readFileSync(store)
    fs.truncateSync(store, kept.length / 2)
    const run = await station.cli('doctor')
    fs.writeFileSync(store, kept)
    expect(run).toMatchObject({ status: 1 })
    expect(run.stdout).toMatch(/STOP {2}(store|log) .*damaged/)
  })

  it('of a folder without a station says so', async () => {
    const run = await station.cli('doctor', '--data', path.join(station.root, 'nowhere'))
    expect(run).toMatchObject({ status: 1 })
    expect(run.stdout).toContain('There is no station in this folder.')
  })
})
